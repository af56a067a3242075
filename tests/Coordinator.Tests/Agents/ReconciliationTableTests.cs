using System.Runtime.CompilerServices;
using JobServer.Contracts.V1;
using JobServer.Coordinator.Agents;
using JobServer.Data.Jobs;
using JobServer.Domain.Jobs;

namespace JobServer.Coordinator.Tests.Agents;

/// <summary>Each row of the table as a pure question, and the table in docs/machines/reconciliation.md against the code.</summary>
public sealed class ReconciliationTableTests
{
    private const string Me = "agent-000001";
    private const int MyBackend = 7;

    private static readonly HeldJob Held = new()
    {
        JobId = "job0000000000001",
        BackendId = MyBackend,
        State = JobState.Running,
        StatusCode = JobStatusCode.Executing,
        Fence = 3,
        AgentId = Me,
        IsAccepted = true,
        IsCancelRequested = false,
        AppliedSequence = 2,
    };

    private static readonly HeldJob Lapsed = Held with { State = JobState.Pending, AgentId = null, IsAccepted = false };

    private static readonly HeldJob Ended = Held with { State = JobState.Failed, StatusCode = JobStatusCode.NonzeroExit };

    [Fact]
    public void Running_here_and_leased_here_goes_on() => Is("RunningAndHeld", VerdictKind.Keep, Running(), Held);

    [Fact]
    public void Running_here_and_cancelled_but_still_leased_goes_on_until_the_cancel_comes() =>
        Is("RunningAndHeld", VerdictKind.Keep, Running(), Held with { IsCancelRequested = true });

    [Fact]
    public void Running_here_and_lapsed_is_adopted_again() => Is("RunningAndLapsed", VerdictKind.Readopt, Running(), Lapsed);

    [Fact]
    public void Running_here_and_leased_under_a_higher_fence_stops()
    {
        Is("RunningButFenced", VerdictKind.Stop, Running(fence: 2), Held);
        Is("RunningButFenced", VerdictKind.Stop, Running(fence: 2), Lapsed);
        Is("RunningButFenced", VerdictKind.Stop, Running(), Held with { AgentId = "agent-000002" });
    }

    [Fact]
    public void Ended_here_under_an_old_fence_stops_too() => Is("RunningButFenced", VerdictKind.Stop, Finished(fence: 2), Held);

    [Fact]
    public void Running_here_and_cancelled_meanwhile_stops()
    {
        Is("RunningButCancelled", VerdictKind.Stop, Running(), Ended with { StatusCode = JobStatusCode.CancelledByUser });
        Is("RunningButCancelled", VerdictKind.Stop, Running(), Lapsed with { IsCancelRequested = true });
    }

    [Fact]
    public void Running_here_and_ended_otherwise_stops()
    {
        Is("RunningButEnded", VerdictKind.Stop, Running(), Ended);
        Is("RunningButEnded", VerdictKind.Stop, Running(fence: 2), Ended);
    }

    [Fact]
    public void Ended_here_and_open_is_sent()
    {
        Is("EndedAndOpen", VerdictKind.Send, Finished(), Held);
        Is("EndedAndOpen", VerdictKind.Send, Finished(), Lapsed);
    }

    [Fact]
    public void Ended_here_and_known_is_forgotten() => Is("EndedAndApplied", VerdictKind.Forget, Finished(), Ended);

    [Fact]
    public void An_interruption_that_was_applied_is_forgotten_and_the_job_not_given_back() =>
        Is("EndedAndApplied", VerdictKind.Forget, Finished(), Lapsed with { AppliedSequence = Finished().LastSequenceMade });

    [Fact]
    public void An_unknown_job_is_held()
    {
        Is("UnknownJob", VerdictKind.Hold, Running(), null);
        Is("UnknownJob", VerdictKind.Hold, Finished(), Held with { BackendId = MyBackend + 1 });
    }

    [Fact]
    public void An_unknown_job_that_was_held_for_its_time_stops_and_no_other_does()
    {
        Is("UnknownJobTooLong", VerdictKind.Stop, Running(), null, isHeldTooLong: true);
        Is("RunningAndHeld", VerdictKind.Keep, Running(), Held, isHeldTooLong: true);
        Is("AheadOfTheRow", VerdictKind.Hold, Running(fence: 4), Held, isHeldTooLong: true);
    }

    [Fact]
    public void More_acknowledged_than_the_row_holds_is_held()
    {
        Is("AheadOfTheRow", VerdictKind.Hold, Running(acked: 3), Held);
        Is("AheadOfTheRow", VerdictKind.Hold, Running(fence: 4), Held);
        Is("AheadOfTheRow", VerdictKind.Hold, Finished(fence: 4), Ended);
    }

    [Fact]
    public void A_process_gone_without_a_result_is_lost()
    {
        var lost = Running();
        lost.Process = ProcessState.Lost;

        Is("ProcessLost", VerdictKind.Lost, lost, Held);
        Is("ProcessLost", VerdictKind.Lost, lost, Lapsed);
    }

    [Theory]
    [InlineData(false, false, "AbsentAndUnaccepted")]
    [InlineData(false, true, "AbsentAndUnaccepted")]
    [InlineData(true, false, "AbsentWithJournal")]
    [InlineData(true, true, "AbsentWithNewJournal")]
    public void What_an_agent_does_not_name_depends_on_whether_it_accepted_it(bool isAccepted, bool journalChanged, string row) =>
        Assert.Equal(row, Reconciliation.ClassifyAbsent(Held with { IsAccepted = isAccepted }, journalChanged).ToString());

    [Fact]
    public void The_written_table_and_the_code_name_the_same_rows_and_verdicts()
    {
        var written = File.ReadLines(DocumentPath())
            .Where(line => line.StartsWith("| `", StringComparison.Ordinal))
            .Select(line => line.Split('|', StringSplitOptions.TrimEntries))
            .Select(cells => (Row: cells[1].Trim('`'), Verdict: cells[4]))
            .ToList();
        var coded = Enum.GetValues<ReconciliationRow>().Select(row => (Row: row.ToString(), Verdict: WordOf(row))).ToList();

        Assert.Equal(coded.Order(), written.Order());
    }

    private static string WordOf(ReconciliationRow row) =>
        row.ToString().StartsWith("Absent", StringComparison.Ordinal) ? "none" : Reconciliation.VerdictOf(row).ToString().ToUpperInvariant();

    private static InventoryItem Running(long fence = 3, long acked = 2) => new()
    {
        Attempt = new Attempt { JobId = Held.JobId, Fence = fence },
        State = AttemptState.Running,
        Process = ProcessState.Alive,
        LastSequenceAcked = acked,
    };

    private static InventoryItem Finished(long fence = 3)
    {
        var item = Running(fence);
        item.State = AttemptState.Reported;
        item.LastSequenceMade = 3;
        item.Process = ProcessState.Ended;
        return item;
    }

    private static void Is(string expected, VerdictKind verdict, InventoryItem item, HeldJob? job, bool isHeldTooLong = false)
    {
        var row = Reconciliation.Classify(item, job, Me, MyBackend, () => isHeldTooLong);

        Assert.Equal(expected, row.ToString());
        Assert.Equal(verdict, Reconciliation.VerdictOf(row));
    }

    private static string DocumentPath([CallerFilePath] string thisFile = "") =>
        Path.Combine(Path.GetDirectoryName(thisFile)!, "..", "..", "..", "docs", "machines", "reconciliation.md");
}
