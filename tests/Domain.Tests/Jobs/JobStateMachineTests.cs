using JobServer.Domain.Jobs;
using Xunit;

namespace JobServer.Domain.Tests.Jobs;

public sealed class JobStateMachineTests
{
    private static readonly JobStatusCode[] Stages = [JobStatusCode.Preparing, JobStatusCode.Executing, JobStatusCode.Finalizing];

    [Fact]
    public void Every_phase_code_and_trigger_has_an_answer() =>
        Assert.All(Everything(), at => Assert.NotNull(Next(at)));

    [Fact]
    public void What_ended_never_moves() =>
        Assert.All(
            Everything().Where(at => at.Phase == JobPhase.Ended),
            at => Assert.Equal(new JobTransition.Refused(JobRefusal.AlreadyEnded), Next(at)));

    [Fact]
    public void A_move_has_a_code_that_fits_its_phase() =>
        Assert.All(Everything(), at =>
        {
            if (Next(at) is JobTransition.Moves { Code: { } code } moves)
            {
                Assert.Equal(moves.To, PhaseOf(code));
            }
        });

    [Fact]
    public void Only_a_failure_brings_its_own_code() =>
        Assert.All(
            Everything().Where(at => Next(at) is JobTransition.Moves { Code: null }),
            at => Assert.Equal(JobTrigger.ReportFailed, at.Trigger));

    [Fact]
    public void A_cancelled_job_never_goes_back_to_the_queue() =>
        Assert.All(
            Everything().Where(at => at.CancelRequested),
            at => Assert.False(Next(at) is JobTransition.Moves { To: JobPhase.Queued or JobPhase.Leased }, at.ToString()));

    [Fact]
    public void Silence_alone_fails_no_job_that_has_attempts_left() =>
        Assert.All(
            Everything().Where(at => at is { Trigger: JobTrigger.LoseAttempt, CancelRequested: false, Phase: JobPhase.Leased or JobPhase.Running }),
            at => Assert.Equal(new JobTransition.Moves(JobPhase.Queued, JobStatusCode.WaitingOnNewAttempt), Next(at)));

    [Fact]
    public void A_running_job_repeats_a_stage_or_goes_forward()
    {
        for (var from = 0; from < Stages.Length; from++)
        {
            for (var to = 0; to < Stages.Length; to++)
            {
                JobTransition expected = to < from
                    ? new JobTransition.Refused(JobRefusal.OutOfOrder)
                    : new JobTransition.Moves(JobPhase.Running, Stages[to]);
                Assert.Equal(expected, JobStateMachine.Next(JobPhase.Running, Stages[from], cancelRequested: false, TriggerOf(Stages[to])));
            }
        }
    }

    [Theory]
    [InlineData(JobPhase.Queued, JobTrigger.Lease, false, JobPhase.Leased, JobStatusCode.WaitingOnAgent)]
    [InlineData(JobPhase.Queued, JobTrigger.RequestCancel, false, JobPhase.Ended, JobStatusCode.CancelledByUser)]
    [InlineData(JobPhase.Queued, JobTrigger.FailDependency, false, JobPhase.Ended, JobStatusCode.DependencyFailed)]
    [InlineData(JobPhase.Leased, JobTrigger.ReturnLease, false, JobPhase.Queued, JobStatusCode.WaitingOnWorkers)]
    [InlineData(JobPhase.Leased, JobTrigger.ReturnLease, true, JobPhase.Ended, JobStatusCode.CancelledByUser)]
    [InlineData(JobPhase.Leased, JobTrigger.ReportExecuting, false, JobPhase.Running, JobStatusCode.Executing)]
    [InlineData(JobPhase.Leased, JobTrigger.ReportExecuting, true, JobPhase.Running, JobStatusCode.Cancelling)]
    [InlineData(JobPhase.Leased, JobTrigger.GiveUp, false, JobPhase.Ended, JobStatusCode.Lost)]
    [InlineData(JobPhase.Running, JobTrigger.ReportSucceeded, false, JobPhase.Ended, JobStatusCode.Succeeded)]
    [InlineData(JobPhase.Running, JobTrigger.RequestCancel, false, JobPhase.Running, JobStatusCode.Cancelling)]
    [InlineData(JobPhase.Running, JobTrigger.LoseAttempt, true, JobPhase.Ended, JobStatusCode.CancelledByUser)]
    [InlineData(JobPhase.Running, JobTrigger.GiveUp, true, JobPhase.Ended, JobStatusCode.CancelledByUser)]
    [InlineData(JobPhase.Running, JobTrigger.GiveUp, false, JobPhase.Ended, JobStatusCode.Lost)]
    public void The_moves_that_matter_most(JobPhase from, JobTrigger trigger, bool cancelRequested, JobPhase to, JobStatusCode code) =>
        Assert.Equal(
            new JobTransition.Moves(to, code),
            JobStateMachine.Next(from, from == JobPhase.Running ? JobStatusCode.Executing : JobStatusCode.Created, cancelRequested, trigger));

    [Theory]
    [InlineData(JobPhase.Queued, JobTrigger.ReportExecuting, JobRefusal.NotLeased)]
    [InlineData(JobPhase.Queued, JobTrigger.ReportSucceeded, JobRefusal.NotLeased)]
    [InlineData(JobPhase.Queued, JobTrigger.LoseAttempt, JobRefusal.NotLeased)]
    [InlineData(JobPhase.Leased, JobTrigger.Lease, JobRefusal.AlreadyLeased)]
    [InlineData(JobPhase.Running, JobTrigger.Lease, JobRefusal.AlreadyLeased)]
    [InlineData(JobPhase.Running, JobTrigger.FailDependency, JobRefusal.AlreadyLeased)]
    [InlineData(JobPhase.Running, JobTrigger.ReturnLease, JobRefusal.OutOfOrder)]
    public void A_refusal_has_a_name(JobPhase from, JobTrigger trigger, JobRefusal reason) =>
        Assert.Equal(new JobTransition.Refused(reason), JobStateMachine.Next(from, JobStatusCode.Executing, cancelRequested: false, trigger));

    [Fact]
    public void A_cancelled_job_in_the_queue_is_not_leased() =>
        Assert.Equal(
            new JobTransition.Refused(JobRefusal.CancelRequested),
            JobStateMachine.Next(JobPhase.Queued, JobStatusCode.Created, cancelRequested: true, JobTrigger.Lease));

    [Theory]
    [InlineData(JobState.Pending, false, JobPhase.Queued)]
    [InlineData(JobState.Pending, true, JobPhase.Leased)]
    [InlineData(JobState.Running, true, JobPhase.Running)]
    [InlineData(JobState.Succeeded, true, JobPhase.Ended)]
    [InlineData(JobState.Failed, false, JobPhase.Ended)]
    public void The_phase_follows_from_state_and_lease(JobState state, bool isLeased, JobPhase phase) =>
        Assert.Equal(phase, JobStateMachine.Phase(state, isLeased));

    private static IEnumerable<(JobPhase Phase, JobStatusCode Code, bool CancelRequested, JobTrigger Trigger)> Everything() =>
        from phase in Enum.GetValues<JobPhase>()
        from code in Enum.GetValues<JobStatusCode>()
        from cancelRequested in new[] { false, true }
        from trigger in Enum.GetValues<JobTrigger>()
        select (phase, code, cancelRequested, trigger);

    private static JobTransition Next((JobPhase Phase, JobStatusCode Code, bool CancelRequested, JobTrigger Trigger) at) =>
        JobStateMachine.Next(at.Phase, at.Code, at.CancelRequested, at.Trigger);

    private static JobTrigger TriggerOf(JobStatusCode stage) => stage switch
    {
        JobStatusCode.Preparing => JobTrigger.ReportPreparing,
        JobStatusCode.Executing => JobTrigger.ReportExecuting,
        _ => JobTrigger.ReportFinalizing,
    };

    private static JobPhase PhaseOf(JobStatusCode code) => code switch
    {
        JobStatusCode.WaitingOnAgent => JobPhase.Leased,
        < JobStatusCode.Preparing => JobPhase.Queued,
        <= JobStatusCode.Cancelling => JobPhase.Running,
        _ => JobPhase.Ended,
    };
}
