namespace JobServer.RunnerAgent.Execution;

/// <summary>What an action's image means at this site.</summary>
internal interface IImages
{
    /// <summary>Makes sure that the image can be run here.</summary>
    /// <param name="name">As in project.yaml, before the colon.</param>
    /// <param name="version">After the colon.</param>
    /// <param name="say">Told to people while it takes long.</param>
    /// <param name="cancellationToken">Gives it up.</param>
    /// <exception cref="Workspaces.AttemptFailedException">It cannot; the message says what the site has.</exception>
    Task<ReadyImage> PrepareAsync(string name, string version, Action<string> say, CancellationToken cancellationToken);
}
