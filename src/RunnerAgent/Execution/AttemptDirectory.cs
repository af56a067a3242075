using JobServer.RunnerAgent.Journal;

namespace JobServer.RunnerAgent.Execution;

/// <summary>Where one attempt lives on disk.</summary>
internal sealed record AttemptDirectory(string Root)
{
    public static AttemptDirectory Of(AgentOptions options, AttemptKey key) =>
        new(Path.Join(Path.GetFullPath(options.StateDirectory), "attempts", key.ToString()));

    /// <summary>What the job sees as /workspace.</summary>
    public string Work => Path.Join(Root, "work");

    /// <summary>What the supervisor writes; the job sees nothing of it.</summary>
    public string Run => Path.Join(Root, "run");

    public string Log => Path.Join(Run, "log");

    /// <summary>Bytes that the job printed beyond the limit.</summary>
    public string LogCut => Path.Join(Run, "log.cut");

    /// <summary>How many bytes the job printed, where what was kept of them was given up for want of room.</summary>
    public string LogGivenUp => Path.Join(Run, "log.given-up");

    public string Claim => Path.Join(Run, "claim");

    public string Supervisor => Path.Join(Run, "supervisor");

    public string Exit => Path.Join(Run, "exit");

    /// <summary>Why this agent asked the sandbox to end; a restarted agent reads it.</summary>
    public string StopNote => Path.Join(Run, "stopped");

    public string BubblewrapStatus => Path.Join(Run, "status.json");

    /// <summary>What exactly was run, where an image has a digest.</summary>
    public string ImageFile => Path.Join(Run, "image");

    public string UserFile => Path.Join(Root, "user");
}
