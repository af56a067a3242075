namespace JobServer.RunnerAgent.Execution.Containers;

/// <summary>When the engine asks the registry for an image.</summary>
public enum PullPolicy
{
    /// <summary>When the engine does not have it.</summary>
    Missing,

    /// <summary>Before each job, so that a version that was pushed again is run.</summary>
    Always,

    /// <summary>The site's people bring images to the engine themselves.</summary>
    Never,
}
