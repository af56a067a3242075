namespace JobServer.Simulation.Tests.Cluster;

/// <summary>How much was tried, over all seeds.</summary>
internal sealed class Sums
{
    private long _steps;
    private long _commits;
    private long _starts;
    private long _reports;
    private long _jobs;
    private TimeSpan _time;

    public void Add(SeedResult result)
    {
        _steps += result.Steps;
        _commits += result.Commits;
        _starts += result.Starts;
        _reports += result.Reports;
        _jobs += result.Jobs;
        _time += result.Time;
    }

    public override string ToString() =>
        $"{_jobs} jobs, {_starts} starts, {_reports} reports applied, {_commits} commits, {_steps} steps, {_time.TotalHours:0.0} hours of virtual time";
}
