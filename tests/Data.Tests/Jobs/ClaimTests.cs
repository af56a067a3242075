using JobServer.Data.Agents;
using JobServer.Data.Jobs;
using JobServer.Domain.Agents;
using JobServer.Domain.Backends;
using JobServer.Domain.Jobs;
using JobServer.TestCommon;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace JobServer.Data.Tests.Jobs;

public sealed class ClaimTests : SiteTest
{
    private TestStudy _study = null!;

    public override async Task InitializeAsync()
    {
        await base.InitializeAsync();
        _study = await Site.CreateStudyAsync();
    }

    [Fact]
    public async Task A_session_that_ended_claims_nothing()
    {
        await Site.SubmitAsync(_study, ProjectYaml.One, "alone");
        var agent = await Site.OpenSessionAsync(_study.Backend);
        await Site.Get<AgentSessions>().EndAsync(agent.Id, agent.Epoch, "gone", None);

        Assert.Empty(await agent.ClaimAsync());
    }

    [Fact]
    public async Task Of_twenty_agents_that_claim_at_once_one_gets_the_job()
    {
        await Site.SubmitAsync(_study, ProjectYaml.One, "alone");
        var agents = new List<TestAgent>();
        for (var number = 0; number < 20; number++)
        {
            agents.Add(await Site.OpenSessionAsync(_study.Backend, $"agent-{number}"));
        }

        var claims = await Task.WhenAll(agents.Select(agent => Task.Run(() => agent.ClaimAsync())));

        var claim = Assert.Single(claims, claim => claim.Count > 0);
        var job = await Site.JobAsync(Assert.Single(claim).JobId);
        Assert.Equal(agents[Array.IndexOf(claims, claim)].Id, job.AgentId);
        Assert.Equal((1, JobStatusCode.WaitingOnAgent), (job.Fence, job.StatusCode));
    }

    [Fact]
    public async Task An_agent_never_holds_more_than_the_slots_it_declared()
    {
        await Site.SubmitAsync(_study, ProjectYaml.Wide(8), "run_all");
        var agent = await Site.OpenSessionAsync(_study.Backend, standardSlots: 3);

        Assert.Equal(3, (await agent.ClaimAsync(standard: 100)).Count);
        Assert.Empty(await agent.ClaimAsync(standard: 100));
        var reconnected = await Site.OpenSessionAsync(_study.Backend, standardSlots: 3);
        Assert.Empty(await reconnected.ClaimAsync(standard: 100));
    }

    [Fact]
    public async Task Claims_at_once_by_one_agent_stay_within_its_slots()
    {
        await Site.SubmitAsync(_study, ProjectYaml.Wide(20), "run_all");
        var agent = await Site.OpenSessionAsync(_study.Backend, standardSlots: 3);

        var claims = await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => Task.Run(() => agent.ClaimAsync())));

        Assert.Equal(3, claims.Sum(claim => claim.Count));
    }

    [Fact]
    public async Task An_agent_gets_no_more_than_it_asked_for()
    {
        await Site.SubmitAsync(_study, ProjectYaml.Wide(4), "run_all");
        var agent = await Site.OpenSessionAsync(_study.Backend, standardSlots: 4);

        Assert.Equal(2, (await agent.ClaimAsync(standard: 2)).Count);
        Assert.Empty(await agent.ClaimAsync(standard: 0));
        Assert.Empty(await agent.ClaimAsync(standard: -5));
    }

    [Fact]
    public async Task Database_jobs_have_slots_of_their_own()
    {
        await Site.SubmitAsync(_study, ProjectYaml.Database, "run_all");
        var agent = await Site.OpenSessionAsync(_study.Backend, databaseSlots: 0);

        Assert.Equal("other", (await agent.ClaimOneAsync()).Action);
        var other = await Site.OpenSessionAsync(_study.Backend, "agent-2", standardSlots: 0, databaseSlots: 1);
        Assert.True((await other.ClaimOneAsync()).UsesDatabase);
    }

    [Theory]
    [InlineData(BackendMode.Active, "extract other")]
    [InlineData(BackendMode.DatabaseMaintenance, "other")]
    [InlineData(BackendMode.Paused, "")]
    [InlineData(BackendMode.Draining, "")]
    public async Task The_mode_of_the_backend_says_which_jobs_start(BackendMode mode, string expected)
    {
        await Site.SubmitAsync(_study, ProjectYaml.Database, "run_all");
        var agent = await Site.OpenSessionAsync(_study.Backend);
        await Site.Database.WriteAsync((db, token) => db.Backends.ExecuteUpdateAsync(set => set.SetProperty(row => row.Mode, mode), token));

        Assert.Equal(expected, string.Join(' ', (await agent.ClaimAsync()).Select(job => job.Action)));
    }

    [Theory]
    [InlineData(AgentMode.Paused)]
    [InlineData(AgentMode.Draining)]
    [InlineData(AgentMode.Drained)]
    [InlineData(AgentMode.Revoked)]
    public async Task An_agent_that_is_not_active_gets_nothing(AgentMode mode)
    {
        await Site.SubmitAsync(_study, ProjectYaml.One, "alone");
        var agent = await Site.OpenSessionAsync(_study.Backend);
        await Site.Database.WriteAsync((db, token) => db.Agents.ExecuteUpdateAsync(set => set.SetProperty(row => row.Mode, mode), token));

        Assert.Empty(await agent.ClaimAsync());
    }

    [Fact]
    public async Task An_agent_of_another_backend_gets_nothing()
    {
        await Site.SubmitAsync(_study, ProjectYaml.One, "alone");
        var agent = await Site.OpenSessionAsync(await Site.CreateBackendAsync());

        Assert.Empty(await agent.ClaimAsync());
    }

    [Fact]
    public async Task A_job_waits_until_everything_it_needs_succeeded()
    {
        await Site.SubmitAsync(_study, ProjectYaml.Chain, "run_all");
        var agent = await Site.OpenSessionAsync(_study.Backend);
        var first = await agent.ClaimOneAsync();
        Assert.Empty(await agent.ClaimAsync());
        await agent.StartAsync(first);
        Assert.Empty(await agent.ClaimAsync());

        await agent.SucceedAsync(first);

        var second = await agent.ClaimOneAsync();
        Assert.Equal("second", second.Action);
        Assert.Equal(first.JobId, Assert.Single(second.Inputs).JobId);
        Assert.Equal((await Site.JobAsync(first.JobId)).ManifestDigest, Assert.Single(second.Inputs).ManifestDigest);
    }

    [Fact]
    public async Task A_cancelled_job_is_never_leased()
    {
        var request = await Site.SubmitAsync(_study, ProjectYaml.One, "alone");
        var agent = await Site.OpenSessionAsync(_study.Backend);

        // As if the cancel were committed between the claim's look and its write.
        DateTimeOffset? now = Site.Now;
        await Site.Database.WriteAsync((db, token) => db.Jobs.ExecuteUpdateAsync(set => set.SetProperty(job => job.CancelRequestedAt, now), token));

        Assert.Empty(await agent.ClaimAsync());
        Assert.Equal(0, (await Site.JobAsync(request, "alone")).Fence);
    }

    [Fact]
    public async Task An_older_session_gets_nothing()
    {
        await Site.SubmitAsync(_study, ProjectYaml.One, "alone");
        var older = await Site.OpenSessionAsync(_study.Backend);
        await Site.OpenSessionAsync(_study.Backend);

        Assert.Empty(await older.ClaimAsync());
    }

    [Fact]
    public async Task Every_lease_has_a_higher_fence_and_counts_reports_from_one()
    {
        await Site.SubmitAsync(_study, ProjectYaml.One, "alone");
        var agent = await Site.OpenSessionAsync(_study.Backend);
        var first = await agent.ClaimOneAsync();
        await agent.StartAsync(first);
        await agent.LoseAsync(first);
        Site.Clock.Advance(QueueBackOff.Cap);

        var second = await agent.ClaimOneAsync();

        Assert.Equal(first.Fence + 1, second.Fence);
        Assert.Equal(0, (await Site.JobAsync(second.JobId)).AppliedSequence);
        await agent.StartAsync(second);
    }

    [Fact]
    public async Task Of_one_workspace_the_oldest_request_comes_first()
    {
        var older = await Site.SubmitAsync(_study, ProjectYaml.Wide(4), "a03", "a02");
        await Site.SubmitAsync(_study, ProjectYaml.Wide(4), "a01", "a00");
        var agent = await Site.OpenSessionAsync(_study.Backend, standardSlots: 3);

        var claimed = await agent.ClaimAsync();

        Assert.Equal([older, older, older + 1], claimed.Select(job => job.RequestNumber));
        Assert.Equal(await OrderAsync(), claimed.Select(job => job.Action));

        Task<List<string>> OrderAsync() => Site.Database.ReadAsync(
            db => db.Jobs.OrderBy(job => job.JobRequestId).ThenBy(job => job.Position).Select(job => job.Action).Take(3).ToListAsync());
    }

    [Fact]
    public async Task What_was_leased_and_not_accepted_is_sent_again_under_the_same_fence()
    {
        await Site.SubmitAsync(_study, ProjectYaml.One, "alone");
        var agent = await Site.OpenSessionAsync(_study.Backend);
        var claimed = await agent.ClaimOneAsync();

        var again = Assert.Single(await Site.Get<JobClaims>().UnacceptedAsync(agent.Id, None));

        Assert.Equal((claimed.JobId, claimed.Fence), (again.JobId, again.Fence));
        Assert.Equal(claimed.Arguments, again.Arguments);
        Assert.True(await agent.AcceptAsync(claimed));
        Assert.Empty(await Site.Get<JobClaims>().UnacceptedAsync(agent.Id, None));
    }
}
