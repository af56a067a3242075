namespace JobServer.RunnerAgent.Execution;

/// <summary>How a sandbox ended. A code above 128 is 128 plus the signal that ended the program.</summary>
internal sealed record SandboxExit
{
    public required int Code { get; init; }

    /// <summary>The supervisor stopped it at its time limit.</summary>
    public bool TimedOut { get; init; }

    public bool OutOfMemory { get; init; }

    /// <summary>False when the sandbox itself could not be made, so that the code is not the program's.</summary>
    public bool ProgramRan { get; init; } = true;

    public long StartedUnixMs { get; init; }

    public long EndedUnixMs { get; init; }
}
