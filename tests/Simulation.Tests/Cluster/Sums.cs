namespace JobServer.Simulation.Tests.Cluster;

/// <summary>How much was tried, over all seeds.</summary>
internal sealed class Sums
{
    private readonly SortedDictionary<string, int> _happened = new(StringComparer.Ordinal);
    private long _steps;
    private long _commits;
    private long _starts;
    private long _jobs;
    private TimeSpan _time;

    public void Add(SeedResult result)
    {
        _steps += result.Steps;
        _commits += result.Commits;
        _starts += result.Starts;
        _jobs += result.Jobs;
        _time += result.Time;
        foreach (var (what, count) in result.Happened)
        {
            _happened[what] = _happened.GetValueOrDefault(what) + count;
        }
    }

    public override string ToString() =>
        $"{_jobs} jobs, {_starts} starts, {_commits} commits, {_steps} steps, {_time.TotalHours:0.0} hours of virtual time\n"
        + string.Join(", ", _happened.Select(pair => $"{pair.Key} {pair.Value}"));
}
