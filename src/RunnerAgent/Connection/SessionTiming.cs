using JobServer.Contracts.V1;

namespace JobServer.RunnerAgent.Connection;

/// <summary>What Welcome says about time, kept within bounds that make sense.</summary>
internal sealed record SessionTiming(TimeSpan Heartbeat, TimeSpan Silence)
{
    private const double Jitter = 0.1;
    private static readonly TimeSpan DefaultHeartbeat = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan DefaultSilence = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan Shortest = TimeSpan.FromMilliseconds(50);
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(10);

    public static SessionTiming Of(Welcome welcome, IAgentRandom random)
    {
        var heartbeat = Bounded(welcome.HeartbeatIntervalMs, DefaultHeartbeat);
        return new SessionTiming(
            heartbeat * (1 - Jitter + (2 * Jitter * random.NextDouble())),
            Bounded(welcome.SilenceTimeoutMs, DefaultSilence));
    }

    private static TimeSpan Bounded(long milliseconds, TimeSpan usual) => milliseconds <= 0
        ? usual
        : TimeSpan.FromMilliseconds(Math.Clamp(milliseconds, (long)Shortest.TotalMilliseconds, (long)Longest.TotalMilliseconds));
}
