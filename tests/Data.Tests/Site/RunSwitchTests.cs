using JobServer.Data.Jobs;
using JobServer.Data.Site;
using JobServer.Domain.Audit;
using JobServer.Domain.Jobs;
using JobServer.TestCommon;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace JobServer.Data.Tests.Site;

public sealed class RunSwitchTests : SiteTest
{
    private TestStudy _study = null!;

    private RunSwitch Runs => Site.Get<RunSwitch>();

    public override async Task InitializeAsync()
    {
        await base.InitializeAsync();
        _study = await Site.CreateStudyAsync();
    }

    [Fact]
    public async Task Nothing_is_submitted_while_runs_are_stopped_and_everything_after()
    {
        var before = await Site.SubmitAsync(_study, ProjectYaml.One, "alone");
        Assert.True(await Runs.StopAsync("Until noon.", _study.Developer.Id, None));

        Assert.Equal("Until noon.", Assert.IsType<SubmitOutcome.Stopped>(await Site.TrySubmitAsync(_study, ProjectYaml.Chain, "first")).Message);
        Assert.Equal(1, await Site.Database.ReadAsync(db => db.JobRequests.CountAsync()));
        Assert.Equal(JobRequestState.Pending, (await Site.RequestAsync(before)).State);

        Assert.True(await Runs.AllowAsync(_study.Developer.Id, None));
        await Site.SubmitAsync(_study, ProjectYaml.Chain, "first");
    }

    [Fact]
    public async Task Of_two_who_turn_it_at_once_one_does_and_the_record_has_one_line()
    {
        var stopped = await Task.WhenAll(Enumerable.Range(0, 4).Select(number => Runs.StopAsync($"{number}", _study.Developer.Id, None)));

        Assert.Single(stopped, true);
        Assert.True(await Runs.AllowAsync(_study.Developer.Id, None));
        Assert.False(await Runs.AllowAsync(_study.Developer.Id, None));
        Assert.Equal(
            [AuditAct.RunsStopped, AuditAct.RunsAllowed],
            await Site.Database.ReadAsync(db => db.AuditEntries.OrderBy(row => row.Sequence).Select(row => row.Act).ToListAsync()));
    }

    [Fact]
    public async Task A_request_that_an_admin_makes_for_somebody_is_theirs_and_recorded_as_the_admins()
    {
        var admin = await Site.CreateUserAsync();

        var outcome = await Site.TrySubmitAsync(_study, ProjectYaml.One, command => command with { ActorId = admin.Id }, "alone");

        var request = await Site.RequestAsync(Assert.IsType<SubmitOutcome.Submitted>(outcome).RequestId);
        Assert.Equal(_study.Developer.Id, request.CreatedById);
        var entry = await Site.Database.ReadAsync(db => db.AuditEntries.SingleAsync());
        Assert.Equal((AuditAct.JobsRetried, (int?)admin.Id), (entry.Act, entry.ActorId));
    }
}
