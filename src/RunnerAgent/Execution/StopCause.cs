namespace JobServer.RunnerAgent.Execution;

/// <summary>Why a sandbox was asked to end.</summary>
internal enum StopCause
{
    /// <summary>It was not.</summary>
    None,

    /// <summary>The attempt was cancelled or is not ours any more.</summary>
    Asked,

    TimeLimit,

    /// <summary>It printed nothing and wrote no file for too long.</summary>
    Silence,

    /// <summary>The agent's drain reached its deadline.</summary>
    Drain,
}
