using JobServer.Data.Agents;
using JobServer.Data.Jobs;
using JobServer.Domain.Agents;
using JobServer.TestCommon;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace JobServer.Data.Tests.Agents;

public sealed class SessionTests : SiteTest
{
    private TestStudy _study = null!;

    private AgentSessions Sessions => Site.Get<AgentSessions>();

    public override async Task InitializeAsync()
    {
        await base.InitializeAsync();
        _study = await Site.CreateStudyAsync();
    }

    [Fact]
    public async Task Each_hello_raises_the_epoch_and_ends_the_session_before()
    {
        var older = await Site.OpenSessionAsync(_study.Backend);
        var newer = await Site.OpenSessionAsync(_study.Backend);

        Assert.Equal(older.Epoch + 1, newer.Epoch);
        Assert.False(await older.RenewAsync());
        Assert.True(await newer.RenewAsync());
        var rows = await Site.Database.ReadAsync(db => db.AgentSessions.OrderBy(row => row.Epoch).ToListAsync());
        Assert.Equal(["superseded", null], rows.Select(row => row.EndReason));
    }

    [Fact]
    public async Task Hellos_at_once_get_an_epoch_each()
    {
        var agents = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(() => Site.OpenSessionAsync(_study.Backend))));

        Assert.Equal(Enumerable.Range(1, 8).Select(epoch => (long)epoch), agents.Select(agent => agent.Epoch).Order());
    }

    [Fact]
    public async Task An_agent_belongs_to_the_backend_of_its_first_hello()
    {
        await Site.OpenSessionAsync(_study.Backend);
        var elsewhere = await Site.CreateBackendAsync();

        Assert.IsType<HelloOutcome.OtherBackend>(await HelloAsync(TestRuns.Hello(elsewhere, "agent-1")));
        Assert.Equal((_study.Backend.Id, 1), await Site.Database.ReadAsync(db => db.Agents.Select(row => ValueTuple.Create(row.BackendId, (int)row.SessionEpoch)).SingleAsync()));
    }

    [Fact]
    public async Task A_revoked_agent_is_refused()
    {
        await Site.OpenSessionAsync(_study.Backend);
        await Site.Database.WriteAsync((db, token) => db.Agents.ExecuteUpdateAsync(set => set.SetProperty(row => row.Mode, AgentMode.Revoked), token));

        Assert.IsType<HelloOutcome.Revoked>(await HelloAsync(TestRuns.Hello(_study.Backend, "agent-1")));
    }

    [Fact]
    public async Task A_wiped_disk_is_told_apart_from_a_restart()
    {
        await Site.OpenSessionAsync(_study.Backend);
        var hello = TestRuns.Hello(_study.Backend, "agent-1");

        Assert.False(Assert.IsType<HelloOutcome.Opened>(await HelloAsync(hello with { InstanceId = "instance-2" })).JournalChanged);
        Assert.True(Assert.IsType<HelloOutcome.Opened>(await HelloAsync(hello with { JournalId = "journal-2" })).JournalChanged);
    }

    [Fact]
    public async Task A_session_that_ended_is_not_renewed()
    {
        var agent = await Site.OpenSessionAsync(_study.Backend);
        await Sessions.EndAsync(agent.Id, agent.Epoch, new string('x', 500), None);

        Assert.False(await agent.RenewAsync());
        Assert.Equal(200, (await Site.Database.ReadAsync(db => db.AgentSessions.SingleAsync())).EndReason!.Length);
    }

    [Fact]
    public async Task Every_heartbeat_shows_the_backend_as_seen()
    {
        var agent = await Site.OpenSessionAsync(_study.Backend);
        Site.Clock.Advance(TimeSpan.FromSeconds(20));
        await agent.RenewAsync();

        Assert.Equal(Site.Now, (await Site.Database.ReadAsync(db => db.Backends.SingleAsync())).LastSeenAt);
    }

    [Fact]
    public async Task A_lease_lapses_only_when_nobody_renewed_it()
    {
        await Site.SubmitAsync(_study, ProjectYaml.One, "alone");
        var agent = await Site.OpenSessionAsync(_study.Backend);
        var job = await agent.ClaimOneAsync();
        Site.Clock.Advance(TestAgent.LeaseTime - TimeSpan.FromSeconds(1));
        Assert.Empty(await LapsedAsync());
        await agent.RenewAsync();
        Site.Clock.Advance(TestAgent.LeaseTime - TimeSpan.FromSeconds(1));
        Assert.Empty(await LapsedAsync());
        Site.Clock.Advance(TimeSpan.FromSeconds(2));

        var lapsed = Assert.Single(await LapsedAsync());

        Assert.Equal(LeaseChange.Queued, await Site.Get<JobLeases>().LoseAsync(lapsed, "silent", None));
        Assert.Equal(job.JobId, lapsed.JobId);
        Assert.Empty(await LapsedAsync());
    }

    [Fact]
    public async Task A_closed_stream_keeps_its_leases_until_they_lapse()
    {
        await Site.SubmitAsync(_study, ProjectYaml.One, "alone");
        var agent = await Site.OpenSessionAsync(_study.Backend);
        await agent.ClaimOneAsync();
        await Sessions.EndAsync(agent.Id, agent.Epoch, "closed", None);

        Assert.Empty(await LapsedAsync());
        Site.Clock.Advance(TestAgent.LeaseTime + TimeSpan.FromSeconds(1));
        Assert.Single(await LapsedAsync());
    }

    [Fact]
    public async Task A_token_stands_for_its_backend_until_it_expires_or_is_revoked()
    {
        var token = await Site.CreateTokenAsync(_study.Backend, Site.Now.AddDays(1));
        Assert.Equal(_study.Backend.Id, await Sessions.BackendOfTokenAsync(token, None));
        Assert.Null(await Sessions.BackendOfTokenAsync(token + "x", None));
        Site.Clock.Advance(TimeSpan.FromDays(1));
        Assert.Null(await Sessions.BackendOfTokenAsync(token, None));

        var other = await Site.CreateTokenAsync(_study.Backend);
        DateTimeOffset? now = Site.Now;
        await Site.Database.WriteAsync((db, cancel) => db.BackendTokens.ExecuteUpdateAsync(set => set.SetProperty(row => row.RevokedAt, now), cancel));
        Assert.Null(await Sessions.BackendOfTokenAsync(other, None));
    }

    [Fact]
    public async Task The_stored_token_is_not_the_token()
    {
        var token = await Site.CreateTokenAsync(_study.Backend);
        var stored = (await Site.Database.ReadAsync(db => db.BackendTokens.SingleAsync())).Hash;
        Assert.NotEqual(token, stored);
        Assert.Null(await Sessions.BackendOfTokenAsync(stored, None));
    }

    private Task<HelloOutcome> HelloAsync(AgentHello hello) => Sessions.OpenAsync(hello, "coordinator-1", TestAgent.LeaseTime, None);

    private Task<IReadOnlyList<AttemptHolder>> LapsedAsync() => Site.Database.ReadAsync(db => LapsedLeases.FindAsync(db, Site.Now, 10, None));
}
