using JobServer.RunnerAgent.Journal;

namespace JobServer.Chaos.Tests.History;

/// <summary>A sandbox that was started for an attempt, as seen from outside of the agent.</summary>
internal sealed record SandboxStart(string Agent, AttemptKey Key)
{
    /// <summary>Reads <c>…/agent-1/attempts/job-1/work</c>.</summary>
    public static SandboxStart Parse(string line)
    {
        var parts = line.Trim().Split('/');
        var attempt = parts[^2];
        var dash = attempt.LastIndexOf('-');
        return new SandboxStart(parts[^4], new AttemptKey(attempt[..dash], long.Parse(attempt[(dash + 1)..])));
    }
}
