using JobServer.Data;
using JobServer.Data.Agents;
using JobServer.Data.Audit;
using JobServer.Data.Jobs;
using JobServer.Data.Notifications;
using JobServer.Data.Releases;
using JobServer.Domain.Backends;
using JobServer.Domain.Jobs;
using JobServer.Domain.Notifications;
using JobServer.Domain.Pipelines;
using JobServer.TestCommon;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace JobServer.Data.Tests;

/// <summary>One run through everything that asks the database, so that no query waits for its first user to fail.</summary>
public sealed class EveryQueryTests
{
    private static readonly CancellationToken None = CancellationToken.None;

    [Fact]
    public async Task A_run_from_submit_to_release_works()
    {
        await using var site = await TestSite.CreateAsync();
        var study = await site.CreateStudyAsync(ReleasePolicy.Automatic);
        var agent = await site.OpenSessionAsync(study.Backend);
        var outcome = await site.TrySubmitAsync(study, ProjectYaml.Chain, command => command with { WillNotify = true }, "third");
        var request = Assert.IsType<SubmitOutcome.Submitted>(outcome).RequestId;

        var first = await agent.ClaimOneAsync();
        Assert.Single(await site.Get<JobClaims>().UnacceptedAsync(agent.Id, None));
        Assert.True(await agent.AcceptAsync(first));
        Assert.Empty(await site.Get<JobClaims>().UnacceptedAsync(agent.Id, None));
        Assert.Single(await site.Get<JobLeases>().HeldByAsync(agent.Id, None));
        Assert.Single(await site.Get<JobLeases>().FindAsync([first.JobId, "unknown"], None));
        Assert.True(await site.Get<OutputCommits>().MayFetchAsync(agent.HolderOf(first), first.SourceDigest, None));
        await agent.StartAsync(first);
        site.Clock.Advance(TimeSpan.FromMinutes(1));
        await agent.SucceedAsync(first, await agent.OutputAsync(first, "", OutputDisposition.Kept, PrivacyLevel.HighlySensitive));

        var second = await agent.ClaimOneAsync();
        Assert.Equal("first", Assert.Single(second.Inputs).Action);
        await agent.StartAsync(second);
        var file = await agent.UploadAsync(second, "output/second.csv");
        Assert.NotNull(await site.Get<OutputCommits>().FindAsync(agent.HolderOf(second), OutputCommits.UploadIdOf(second.JobId, second.Fence, file.Path), None));
        await agent.SucceedAsync(second, file);

        var third = await agent.ClaimOneAsync();
        await agent.FailAsync(third);

        var row = await site.RequestAsync(request);
        Assert.Equal((0, 0, 2, 1), (row.PendingJobs, row.RunningJobs, row.SucceededJobs, row.FailedJobs));
        Assert.Equal(3, (await site.Get<Outbox>().DueAsync(10, None)).Count);
        var released = await site.Database.ReadAsync(db => db.ReleaseFiles.SingleAsync());
        Assert.Equal(1, await site.Database.WriteAsync((db, token) => Redaction.DeleteAsync(
            db, site.Get<AuditLog>(), released.Id, Enum.GetValues<Domain.Backends.ReleasePolicy>(), study.Developer.Id, "a name", site.Now, token)));
        Assert.Null(await site.Database.ReadAsync(db => site.Get<AuditLog>().FindBreakAsync(db, [], None)));
    }

    [Fact]
    public async Task Leases_and_cancels_work()
    {
        await using var site = await TestSite.CreateAsync();
        var study = await site.CreateStudyAsync();
        var agent = await site.OpenSessionAsync(study.Backend);
        var request = await site.SubmitAsync(study, ProjectYaml.Chain, "run_all");
        Assert.Equal(LeaseChange.Queued, await agent.ReturnAsync(await agent.ClaimOneAsync()));
        Assert.Equal(LeaseChange.Queued, await agent.LoseAsync(await agent.ClaimOneAsync()));
        var job = await site.JobAsync(request, "first");
        var holder = new AttemptHolder { AgentId = agent.Id, SessionEpoch = agent.Epoch, JobId = job.Id, Fence = job.Fence };
        Assert.True(await site.Get<JobLeases>().ReAdoptAsync(holder, hasEnded: false, None));
        Assert.Empty(await LapsedAsync(site));
        Assert.True(await agent.RenewAsync());
        site.Clock.Advance(TimeSpan.FromHours(1));
        Assert.Equal(holder, Assert.Single(await LapsedAsync(site)));

        var cancelled = await site.Get<JobCancellations>().CancelRequestAsync(request, study.Developer.Id, None);
        Assert.Equal(new CancelOutcome { Ended = 2, Stopping = 1 }, cancelled);
        Assert.False((await site.Get<JobCancellations>().CancelJobAsync(request, job.Id, study.Developer.Id, None)).AnyChange);
        var desired = await site.Get<AgentSessions>().DesiredAsync(agent.Id, None);
        Assert.Equal(new DesiredCancel { JobId = job.Id, Fence = job.Fence }, Assert.Single(desired.Cancels));
        await site.Get<AgentSessions>().EndAsync(agent.Id, agent.Epoch, "test", None);

        var token = await site.CreateTokenAsync(study.Backend);
        Assert.Equal(study.Backend.Id, await site.Get<AgentSessions>().BackendOfTokenAsync(token, None));
    }

    [Fact]
    public async Task The_outbox_works()
    {
        await using var site = await TestSite.CreateAsync();
        var message = await site.Database.AddAsync(Outbox.Message(MessageTemplate.JobEnded, "a@example.org", new { }, site.Now));
        var outbox = site.Get<Outbox>();
        await outbox.MarkFailedAsync(message, "refused", None);
        site.Clock.Advance(TimeSpan.FromMinutes(1));
        Assert.Single(await outbox.DueAsync(10, None));
        await outbox.MarkSentAsync(message.Id, None);
        Assert.Empty(await outbox.DueAsync(10, None));
    }

    private static Task<IReadOnlyList<AttemptHolder>> LapsedAsync(TestSite site) =>
        site.Database.ReadAsync(db => LapsedLeases.FindAsync(db, site.Now, 10, None));
}
