using Microsoft.Extensions.Time.Testing;

namespace JobServer.RunnerAgent.Tests.Execution;

/// <summary>Time that the test moves, on a machine whose clock somebody sets.</summary>
internal sealed class SetClock(DateTimeOffset start) : FakeTimeProvider(start)
{
    /// <summary>By how much the clock was set; what is measured does not move with it.</summary>
    public TimeSpan Set { get; set; }

    public override DateTimeOffset GetUtcNow() => base.GetUtcNow() + Set;

    public override long GetTimestamp() => base.GetUtcNow().Ticks;
}
