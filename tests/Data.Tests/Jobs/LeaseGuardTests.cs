using JobServer.Data.Jobs;
using JobServer.Data.Writing;
using JobServer.TestCommon;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace JobServer.Data.Tests.Jobs;

/// <summary>Jobs are chosen on a reader; whatever changes before the lease is written must be seen by the write.</summary>
public sealed class LeaseGuardTests : SiteTest
{
    private TestStudy _study = null!;
    private TestAgent _agent = null!;

    public override async Task InitializeAsync()
    {
        await base.InitializeAsync();
        _study = await Site.CreateStudyAsync();
        _agent = await Site.OpenSessionAsync(_study.Backend, standardSlots: 2);
        await Site.SubmitAsync(_study, ProjectYaml.Wide(3), "run_all");
    }

    [Theory]
    [InlineData("""UPDATE "Jobs" SET "AgentId" = 'agent-1', "Fence" = "Fence" + 1""")]
    [InlineData("""UPDATE "Jobs" SET "CancelRequestedAt" = '2026-01-01 00:00:00'""")]
    [InlineData("""UPDATE "Jobs" SET "State" = 'failed'""")]
    [InlineData("""UPDATE "Agents" SET "SessionEpoch" = "SessionEpoch" + 1""")]
    [InlineData("""UPDATE "Agents" SET "StandardSlots" = 0""")]
    [InlineData("""UPDATE "Agents" SET "Mode" = 'draining'""")]
    [InlineData("""UPDATE "Backends" SET "Mode" = 'paused'""")]
    public async Task What_changes_after_the_choice_is_seen_by_the_lease(string meanwhile)
    {
        Assert.Empty(await ClaimAsync(meanwhile));
        Assert.Equal(0, await Site.Database.ReadAsync(db => db.JobEvents.CountAsync(line => line.AgentId != null)));
    }

    [Fact]
    public async Task A_fence_that_rose_meanwhile_is_never_given_out_again()
    {
        var claimed = await ClaimAsync("""UPDATE "Jobs" SET "Fence" = 5""");

        Assert.Equal(2, claimed.Count);
        Assert.All(claimed, job => Assert.Equal(6, job.Fence));
    }

    [Fact]
    public async Task Slots_that_were_taken_meanwhile_are_not_taken_twice()
    {
        var claimed = await ClaimAsync(
            """UPDATE "Jobs" SET "AgentId" = 'agent-1', "Fence" = 1 WHERE "Action" = 'a02'""");

        Assert.Single(claimed);
    }

    private Task<IReadOnlyList<ClaimedJob>> ClaimAsync(string meanwhile)
    {
        var contexts = Site.Get<IDbContextFactory<JobServerDb>>();
        var claims = new JobClaims(contexts, new DatabaseWriter(contexts, new MeddlingGate(Site, meanwhile)), Site.Get<IDatabaseClock>(), Site.Clock);
        return claims.ClaimAsync(_agent.Id, _agent.Epoch, new ClaimLimits { Standard = 9, Database = 9 }, None);
    }

    private sealed class MeddlingGate(TestSite site, string statement) : IWriteGate, IDisposable
    {
        private bool _isDone;

        public async ValueTask<IDisposable> EnterAsync(CancellationToken cancellationToken)
        {
            if (!_isDone)
            {
                _isDone = true;
                await site.Database.WriteAsync((db, token) => db.Database.ExecuteSqlRawAsync(statement, token));
            }

            return this;
        }

        public void Dispose()
        {
        }
    }
}
