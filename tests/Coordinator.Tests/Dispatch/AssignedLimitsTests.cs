using JobServer.Contracts.V1;
using JobServer.Coordinator.Tests.Hosting;
using JobServer.Domain.Jobs;
using JobServer.TestCommon;
using Microsoft.EntityFrameworkCore;
using Frame = JobServer.Contracts.V1.CoordinatorFrame.FrameOneofCase;

namespace JobServer.Coordinator.Tests.Dispatch;

public sealed class AssignedLimitsTests : CoordinatorTest
{
    [Theory]
    [InlineData(null, null, 0, 0)]
    [InlineData(36_000, 7_200, 36_000_000, 7_200_000)]
    public async Task An_assignment_carries_the_limits_of_its_backend(int? time, int? silence, long timeMs, long silenceMs)
    {
        await Site.Database.WriteAsync(async (db, token) =>
        {
            var backend = await db.Backends.SingleAsync(backend => backend.Id == Study.Backend.Id, token);
            backend.JobTimeLimit = time is { } seconds ? TimeSpan.FromSeconds(seconds) : null;
            backend.JobSilenceLimit = silence is { } quiet ? TimeSpan.FromSeconds(quiet) : null;
            return true;
        });
        await SubmitOneAsync();
        var agent = await ConnectAsync();
        await agent.CreditAsync(1);

        var limits = (await agent.ReadAsync(Frame.Assign)).Assign.Spec.Limits;

        Assert.Equal((timeMs, silenceMs), (limits.TimeMs, limits.SilenceMs));
    }

    [Fact]
    public async Task A_job_stopped_for_its_silence_says_so_by_a_code_of_its_own()
    {
        var (agent, attempt) = await RunningAsync();

        await agent.ReportAsync(attempt, 1, StatusKind.Failed, status =>
            (status.Reason, status.Message) = (FailureReason.NoOutput, "The action was stopped: it printed nothing and wrote no file for 2 hours."));
        await agent.ReadAsync(Frame.StatusAck);

        var job = await Site.JobAsync(attempt.JobId);
        Assert.Equal((JobState.Failed, JobStatusCode.NoOutput), (job.State, job.StatusCode));
        Assert.Equal("The action was stopped: it printed nothing and wrote no file for 2 hours.", job.StatusMessage);
    }
}
