using Grpc.Core;
using JobServer.Contracts.V1;
using JobServer.Coordinator.Retention;
using JobServer.Coordinator.Tests.Hosting;
using JobServer.Data.Jobs;
using JobServer.Domain.Backends;
using Microsoft.EntityFrameworkCore;

namespace JobServer.Coordinator.Tests.Retention;

public sealed class RetentionTests : CoordinatorTest
{
    protected override Dictionary<string, string?> Settings => new(StringComparer.Ordinal)
    {
        ["Coordinator:LogRetention"] = "30.00:00:00",
        ["Coordinator:MaxAttemptUploads"] = "1",
    };

    [Fact]
    public async Task An_attempt_that_begins_more_files_than_it_may_is_told_so()
    {
        var (agent, attempt) = await RunningAsync();
        await Coordinator.BeginAsync(Token, agent.Begin(attempt, "output/a.csv", "a"));

        var refusal = await Assert.ThrowsAsync<RpcException>(() => Coordinator.BeginAsync(Token, agent.Begin(attempt, "output/b.csv", "b")));

        Assert.Equal(StatusCode.ResourceExhausted, refusal.StatusCode);
        Assert.Contains("at most 1 files", refusal.Status.Detail);
    }

    [Fact]
    public async Task What_a_job_left_is_swept_in_its_time()
    {
        await Site.Database.WriteAsync((db, token) => db.Backends.ExecuteUpdateAsync(set => set.SetProperty(backend => backend.LogPolicy, LogPolicy.Project), token));
        var (agent, attempt) = await RunningAsync();
        await Coordinator.BeginAsync(Token, agent.Begin(attempt, "output/a.csv", "a"));
        using (var sending = await LogSending.BeginAsync(Coordinator, Token, agent.Session))
        {
            Assert.Equal(3, (await sending.SendAsync(LogSending.Chunk(attempt, 0, "abc"u8))).CommittedOffset);
        }

        await agent.ReportAsync(attempt, 1, StatusKind.Failed, status => status.Reason = FailureReason.NonzeroExit);
        await agent.ReadAsync(CoordinatorFrame.FrameOneofCase.StatusAck);
        var sweep = Coordinator.Get<RetentionSweep>();
        await sweep.RunOnceAsync(None);
        Assert.Equal((1, 3), await LeftAsync());

        Site.Clock.Advance(TimeSpan.FromDays(1));
        await sweep.RunOnceAsync(None);
        Assert.Equal((0, 3), await LeftAsync());

        Site.Clock.Advance(TimeSpan.FromDays(29));
        await sweep.RunOnceAsync(None);
        Assert.Equal((0, 0), await LeftAsync());
    }

    [Fact]
    public async Task Logs_are_not_deleted_while_they_may_still_come()
    {
        var settings = new Dictionary<string, string?>(StringComparer.Ordinal) { ["Coordinator:LogRetention"] = $"{JobLogs.AcceptedAfterEnd:c}" };

        var wrong = await Assert.ThrowsAsync<Microsoft.Extensions.Options.OptionsValidationException>(() => TestCoordinator.StartAsync(Site, settings));

        Assert.Contains("LogRetention", wrong.Message);
    }

    private async Task<(int Uploads, long LogBytes)> LeftAsync() => await Site.Database.ReadAsync(
        async db => (await db.Uploads.CountAsync(), await db.JobLogs.SumAsync(log => log.StoredSize)));
}
