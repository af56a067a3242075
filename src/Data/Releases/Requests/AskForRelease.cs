namespace JobServer.Data.Releases.Requests;

/// <summary>What a researcher asks for.</summary>
/// <param name="WorkspaceId">Whose files.</param>
/// <param name="PersonId">Who asks.</param>
/// <param name="Files">Numbers of output files, each with why it may leave although a check failed.</param>
/// <param name="Context">What the files show, of how many people, and how they relate to others.</param>
/// <param name="Controls">What was done against disclosure.</param>
public sealed record AskForRelease(int WorkspaceId, int PersonId, IReadOnlyDictionary<long, string> Files, string Context, string Controls);
