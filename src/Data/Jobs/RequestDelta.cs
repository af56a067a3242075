using JobServer.Domain.Jobs;

namespace JobServer.Data.Jobs;

/// <summary>How one unit of work changes the sums that a request keeps.</summary>
internal sealed class RequestDelta
{
    private readonly Dictionary<JobState, int> _counts = [];

    public int Cancelled { get; private set; }

    public TimeSpan Runtime { get; private set; }

    public DateTimeOffset? Started { get; private set; }

    public DateTimeOffset? Ended { get; private set; }

    public int this[JobState state] => _counts.GetValueOrDefault(state);

    public void Move(JobState from, JobState to)
    {
        _counts[from] = this[from] - 1;
        _counts[to] = this[to] + 1;
    }

    public void Start(DateTimeOffset at) => Started = Started is { } earlier && earlier < at ? earlier : at;

    public void End(DateTimeOffset at, TimeSpan duration, bool isCancellation)
    {
        Ended = Ended is { } later && later > at ? later : at;
        Runtime += duration;
        Cancelled += isCancellation ? 1 : 0;
    }
}
