namespace JobServer.Simulation.Tests.Cluster.Engine;

/// <summary>A process's own clock: it runs too fast or too slow, and its wall clock is wrong.</summary>
internal sealed class SimTime(SimProcess process) : TimeProvider
{
    public static readonly DateTimeOffset Start = new(2026, 3, 2, 9, 0, 0, TimeSpan.Zero);

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override TimeZoneInfo LocalTimeZone => TimeZoneInfo.Utc;

    public override DateTimeOffset GetUtcNow()
    {
        process.Simulator.CheckThread();
        return Start + process.Skew + TimeSpan.FromTicks(GetTimestamp());
    }

    public override long GetTimestamp() => (long)(process.Simulator.Now * process.Rate);

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        process.Simulator.CheckThread();
        var timer = new SimTimer(process, callback, state);
        timer.Change(dueTime, period);
        return timer;
    }
}
