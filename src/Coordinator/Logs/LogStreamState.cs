using JobServer.Contracts.V1;

namespace JobServer.Coordinator.Logs;

/// <summary>What one stream remembers, so that it neither floods pages and the service's own log nor outruns its share.</summary>
internal sealed class LogStreamState(LogPace pace)
{
    private const int Bound = 1000;
    private static readonly TimeSpan TellEvery = TimeSpan.FromMilliseconds(250);

    private readonly Dictionary<int, long> _told = [];
    private readonly HashSet<(string JobId, long Fence, LogRefusal Refusal)> _refused = [];

    public LogPace Pace => pace;

    /// <summary>Open pages look by themselves each second; more often than this nobody reads.</summary>
    public bool MayTell(int requestId, TimeProvider timeProvider)
    {
        if (_told.TryGetValue(requestId, out var last) && timeProvider.GetElapsedTime(last) < TellEvery)
        {
            return false;
        }

        if (_told.Count >= Bound)
        {
            _told.Clear();
        }

        _told[requestId] = timeProvider.GetTimestamp();
        return true;
    }

    /// <summary>Whether this refusal was not logged yet.</summary>
    public bool IsNews(LogReply reply) =>
        _refused.Count < Bound && _refused.Add((reply.Attempt.JobId, reply.Attempt.Fence, reply.Refusal));
}
