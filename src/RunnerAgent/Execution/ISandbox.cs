namespace JobServer.RunnerAgent.Execution;

/// <summary>
/// Runs study code confined. A sandbox belongs to its directory, not to this process: after a
/// restart everything can be asked and stopped again. There is no implementation without confinement.
/// </summary>
internal interface ISandbox
{
    /// <returns>What keeps sandboxes from working on this machine, for people; null when they work.</returns>
    Task<string?> CheckAsync(CancellationToken cancellationToken);

    /// <summary>Starts and does not wait. At most once for a directory.</summary>
    /// <exception cref="Exception">What throws has started nothing.</exception>
    Task StartAsync(SandboxRequest request, CancellationToken cancellationToken);

    SandboxProbe Probe(AttemptDirectory directory);

    /// <summary>Makes sure that a sandbox which has not begun never will.</summary>
    /// <returns>False when it has begun.</returns>
    bool GiveUp(AttemptDirectory directory);

    /// <summary>Asks the program to end (soft) or ends all of the sandbox (force). Safe to repeat.</summary>
    /// <returns>Whether anything was there to be told.</returns>
    bool Stop(AttemptDirectory directory, bool force);

    /// <summary>Makes a working directory writable for the sandbox's user, and for nobody else.</summary>
    void Hand(AttemptDirectory directory);
}
