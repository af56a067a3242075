using JobServer.Contracts.V1;
using JobServer.Coordinator.Agents;
using JobServer.Coordinator.Dispatch;
using JobServer.Coordinator.Gateway;
using JobServer.Coordinator.Reports;
using JobServer.Coordinator.Tests.Hosting;
using JobServer.Data.Audit;
using JobServer.Data;
using JobServer.Data.Jobs;
using JobServer.Data.Writing;
using JobServer.Domain.Jobs;
using JobServer.TestCommon;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging.Abstractions;

namespace JobServer.Coordinator.Tests.Reports;

/// <summary>The apply loop without a network, over a database that fails now and then.</summary>
public sealed class ReportLoopTests : SiteTest
{
    private TestStudy? _study;

    [Fact]
    public async Task A_database_that_times_out_neither_ends_the_loop_nor_gets_anything_acknowledged()
    {
        var (agent, job) = await HeldAsync();
        var gate = new FailingGate(2);
        var queue = new ReportQueue();
        using var loop = new ReportLoop(queue, ApplierOver(gate), NullLogger<ReportLoop>.Instance);
        await loop.StartAsync(None);
        var session = SessionOf(agent);
        var report = agent.Report(job, JobTrigger.ReportExecuting);

        await queue.EnqueueAsync(new PendingReport { ReadAt = Site.Clock.GetTimestamp(), Report = report, Session = session }, None);
        await Eventually.HoldsAsync(() => Task.FromResult(gate.Failures == 0), "both tries have failed");
        Assert.Empty(await FramesAsync(session));
        await queue.EnqueueAsync(new PendingReport { ReadAt = Site.Clock.GetTimestamp(), Report = report, Session = session }, None);

        await Eventually.HoldsAsync(async () => (await FramesAsync(session)).Exists(frame => frame.StatusAck is not null), "the second sending is acknowledged");
        Assert.Equal(1, (await Site.JobAsync(job.JobId)).AppliedSequence);
        await loop.StopAsync(None);
    }

    [Fact]
    public async Task A_batch_that_fails_is_applied_one_by_one()
    {
        var (agent, job) = await HeldAsync();
        var session = SessionOf(agent);

        await ApplierOver(new FailingGate(1)).ApplyAsync(
            [
                new PendingReport { ReadAt = Site.Clock.GetTimestamp(), Report = agent.Report(job, JobTrigger.ReportPreparing), Session = session },
                new PendingReport { ReadAt = Site.Clock.GetTimestamp(), Report = agent.Report(job, JobTrigger.ReportExecuting), Session = session },
            ],
            None);

        Assert.Equal([1L, 2L], (await FramesAsync(session)).Select(frame => frame.StatusAck.AppliedSequence));
    }

    [Fact]
    public async Task A_session_that_lost_its_voice_is_told_so()
    {
        var (agent, job) = await HeldAsync();
        var session = SessionOf(agent);
        await Site.OpenSessionAsync(_study!.Backend, agent.Id);

        await ApplierOver(new FailingGate(0)).ApplyAsync(
            [new PendingReport { ReadAt = Site.Clock.GetTimestamp(), Report = agent.Report(job, JobTrigger.ReportExecuting), Session = session }], None);

        Assert.Equal(GoAwayReason.Superseded, Assert.Single(await FramesAsync(session)).GoAway.Reason);
        Assert.True(session.Closing.IsCancellationRequested);
        Assert.Equal(0, (await Site.JobAsync(job.JobId)).AppliedSequence);
    }

    private static AgentSession SessionOf(TestAgent agent) => new() { AgentId = agent.Id, BackendId = 1, TokenHash = "", Epoch = agent.Epoch, MayAssign = true };

    private static async Task<List<CoordinatorFrame>> FramesAsync(AgentSession session)
    {
        var frames = new List<CoordinatorFrame>();
        await session.Lanes.FlushAsync(
            (frame, _) =>
            {
                frames.Add(frame);
                return Task.CompletedTask;
            },
            None);
        return frames;
    }

    private async Task<(TestAgent Agent, ClaimedJob Job)> HeldAsync()
    {
        _study = await Site.CreateStudyAsync();
        await Site.SubmitAsync(_study, ProjectYaml.One, "alone");
        var agent = await Site.OpenSessionAsync(_study.Backend);
        return (agent, await agent.ClaimOneAsync());
    }

    private ReportApplier ApplierOver(IWriteGate gate)
    {
        var writer = new DatabaseWriter(Site.Get<IDbContextFactory<JobServerDb>>(), gate);
        return new ReportApplier(
            new JobReports(writer, Site.Get<AuditLog>(), Site.Get<IDatabaseClock>(), Site.Clock, Site.Get<Random>()), new DispatchSignal(), new ChangeFeed(), Site.Clock, NullLogger<ReportApplier>.Instance);
    }

    private sealed class FailingGate(int failures) : IWriteGate, IDisposable
    {
        public int Failures { get; private set; } = failures;

        public ValueTask<IDisposable> EnterAsync(CancellationToken cancellationToken)
        {
            if (Failures == 0)
            {
                return ValueTask.FromResult<IDisposable>(this);
            }

            Failures--;
            throw new TaskCanceledException("The command timed out.");
        }

        public void Dispose()
        {
        }
    }
}
