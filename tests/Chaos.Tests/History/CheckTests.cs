using JobServer.Domain.Jobs;
using JobServer.RunnerAgent.Journal;

namespace JobServer.Chaos.Tests.History;

/// <summary>Each check is silent about a good run and speaks when its promise is broken.</summary>
public sealed class CheckTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("jobserver-checks-").FullName;

    [Fact]
    public void A_run_that_kept_every_promise_has_no_violation() => Assert.Empty(Found(DoctoredRun.Good()));

    [Fact]
    public void An_acknowledged_report_that_is_in_no_row_is_found()
    {
        var good = DoctoredRun.Good();
        var lost = good with { Events = [.. good.Events.Take(3)] };

        Assert.Equal([nameof(AgentChecks.NothingAcknowledgedIsLost)], Found(lost));
    }

    [Fact]
    public void A_second_start_of_one_attempt_is_found()
    {
        var good = DoctoredRun.Good();

        Assert.Equal([nameof(AgentChecks.AnAttemptStartsAtMostOnce)], Found(good with { Starts = [.. good.Starts, .. good.Starts] }));
    }

    [Fact]
    public void A_start_without_a_record_of_it_is_found()
    {
        var good = DoctoredRun.Good();
        var entries = good.Journals["agent-1"].Where(entry => entry.Kind != JournalEntryKind.Started).ToArray();

        Assert.Equal([nameof(AgentChecks.AStartIsJournalledAndLeased)], Found(good with { Journals = DoctoredRun.Journal(entries) }));
    }

    [Fact]
    public void An_attempt_that_nobody_promised_is_found()
    {
        var good = DoctoredRun.Good();
        var entries = good.Journals["agent-1"].Where(entry => entry.Kind != JournalEntryKind.Attempt).ToArray();

        Assert.Equal([nameof(AgentChecks.AnAcceptedAttemptIsJournalled)], Found(good with { Journals = DoctoredRun.Journal(entries) }));
    }

    [Fact]
    public void A_report_applied_twice_or_out_of_order_is_found()
    {
        var twice = With(DoctoredRun.Event(3, JobEventKind.Reported, JobState.Running, fence: 1, sequence: 1), at: 3);

        Assert.Equal([nameof(RowChecks.ReportsAreAppliedInOrderAndOnce)], Found(twice));
    }

    [Fact]
    public void A_report_of_an_older_attempt_is_found()
    {
        var stale = With(DoctoredRun.Event(3, JobEventKind.Leased, JobState.Pending, fence: 2), at: 3);
        stale.Jobs[0].Fence = 2;

        Assert.Equal([nameof(RowChecks.ReportsAreAppliedInOrderAndOnce)], Found(stale with { FirstSeen = new Dictionary<string, EndedRow>() }));
    }

    [Fact]
    public void A_fence_that_was_given_twice_is_found() =>
        Assert.Equal(
            [nameof(RowChecks.FencesRiseByOneWithEachLease)], Found(With(DoctoredRun.Event(2, JobEventKind.Leased, JobState.Pending, fence: 1), at: 2)));

    [Fact]
    public void An_end_that_changed_is_found()
    {
        var good = DoctoredRun.Good();
        var seen = good.FirstSeen.ToDictionary(pair => pair.Key, pair => pair.Value with { Code = JobStatusCode.NonzeroExit }, StringComparer.Ordinal);

        Assert.Equal([nameof(RowChecks.EndsNeverChange)], Found(good with { FirstSeen = seen }));
    }

    [Fact]
    public void Sums_that_are_not_those_of_the_jobs_are_found()
    {
        var good = DoctoredRun.Good();
        good.Requests[0].FailedJobs = 1;

        Assert.Equal([nameof(RowChecks.SumsOfRequestsAreThoseOfTheirJobs)], Found(good));
    }

    [Fact]
    public void A_success_with_another_manifest_is_found()
    {
        var good = DoctoredRun.Good();
        good.Jobs[0].ManifestDigest = new string('0', 64);

        Assert.Equal([nameof(RowChecks.OutputsAreOfTheAcceptedAttempt)], Found(good with { FirstSeen = new Dictionary<string, EndedRow>() }));
    }

    [Fact]
    public void A_job_that_never_ended_is_found()
    {
        var good = DoctoredRun.Good();
        good.Jobs[0].State = JobState.Running;
        good.Jobs[0].ManifestDigest = null;
        good.Requests[0].SucceededJobs = 0;
        good.Requests[0].RunningJobs = 1;

        Assert.Equal([nameof(RowChecks.EveryJobEnded)], Found(good with { FirstSeen = new Dictionary<string, EndedRow>() }));
    }

    [Fact]
    public void A_stored_file_that_was_changed_is_found()
    {
        var blob = Directory.CreateDirectory(Path.Join(_folder, "ab")).FullName;
        File.WriteAllText(Path.Join(blob, $"ab{new string('0', 62)}"), "not what it was");

        Assert.Equal(nameof(FileChecks.EveryFileEqualsItsDigest), Assert.Single(FileChecks.EveryFileEqualsItsDigest(_folder)).Check);
    }

    [Fact]
    public void An_error_in_a_log_is_found()
    {
        Directory.CreateDirectory(Path.Join(_folder, "logs"));
        File.WriteAllText(Path.Join(_folder, "logs", "agent-1.log"), "10:00:00.000 info: a\n10:00:00.100 fail: b\n");

        Assert.Contains("fail: b", Assert.Single(LogChecks.NoErrorIsLogged(_folder)).Text, StringComparison.Ordinal);
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private static RunHistory With(JobEvent more, int at)
    {
        var good = DoctoredRun.Good();
        return good with { Events = [.. good.Events.Take(at), more, .. good.Events.Skip(at)] };
    }

    private static IEnumerable<string> Found(RunHistory history) =>
        RowChecks.All(history).Concat(AgentChecks.All(history)).Select(violation => violation.Check).Distinct(StringComparer.Ordinal);
}
