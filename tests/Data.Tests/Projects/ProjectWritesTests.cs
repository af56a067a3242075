using JobServer.Data.Projects;
using JobServer.Data.Redirects;
using JobServer.Domain.Audit;
using JobServer.Domain.Organisations;
using JobServer.Domain.Projects;
using JobServer.Domain.Users;
using JobServer.TestCommon;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace JobServer.Data.Tests.Projects;

public sealed class ProjectWritesTests : SiteTest
{
    private Organisation _north = null!;
    private Organisation _south = null!;
    private Project _project = null!;
    private User _admin = null!;

    private ProjectWrites Projects => Site.Get<ProjectWrites>();

    public override async Task InitializeAsync()
    {
        await base.InitializeAsync();
        _north = await Site.CreateOrganisationAsync("north");
        _south = await Site.CreateOrganisationAsync("south");
        _project = await Site.CreateProjectAsync(_north, "asthma");
        _admin = await Site.CreateUserAsync();
    }

    [Fact]
    public async Task A_move_keeps_the_former_address_leading_on_until_a_new_project_takes_it()
    {
        Assert.Equal(ProjectOutcome.Changed, await MoveAsync(_south));

        Assert.Equal("south/asthma", await LeadsToAsync("north/asthma"));
        Assert.Equal((ProjectOutcome.Changed, AuditAct.ProjectMoved), ((await CreateAsync("asthma", null, _north)).Outcome, await FirstActAsync()));
        Assert.Null(await LeadsToAsync("north/asthma"));
    }

    [Fact]
    public async Task There_and_back_leaves_no_address_that_leads_in_circles()
    {
        await MoveAsync(_south);
        Assert.Equal(ProjectOutcome.Changed, await MoveAsync(_north, revision: 1));

        Assert.Null(await LeadsToAsync("north/asthma"));
        Assert.Equal("north/asthma", await LeadsToAsync("south/asthma"));
    }

    [Fact]
    public async Task A_slug_that_is_taken_there_refuses_the_move_and_the_rename()
    {
        await Site.CreateProjectAsync(_south, "ASTHMA");
        await Site.CreateProjectAsync(_north, "sleep");

        Assert.Equal(ProjectOutcome.AddressTaken, await MoveAsync(_south));
        Assert.Equal(ProjectOutcome.AddressTaken, await ChangeAsync(facts => facts with { Slug = "Sleep" }));
        Assert.Equal(_north.Id, (await StoredAsync()).OrganisationId);
        Assert.Equal(0, await Site.Database.ReadAsync(db => db.AuditEntries.CountAsync()));
    }

    [Fact]
    public async Task A_number_is_given_to_one_project_of_many_at_once()
    {
        var made = await Task.WhenAll(Enumerable.Range(0, 8).Select(number => CreateAsync($"p{number}", "7", _north)));

        Assert.Single(made, one => one.Outcome == ProjectOutcome.Changed);
        Assert.Equal(7, made.Count(one => one.Outcome == ProjectOutcome.NumberTaken));
        Assert.Equal(ProjectOutcome.NumberTaken, await ChangeAsync(facts => facts with { Number = "7" }));
        Assert.Equal(ProjectOutcome.OrganisationGone, (await CreateAsync("lost", null, new Organisation { Id = 999, Name = "", Slug = "" })).Outcome);
    }

    [Fact]
    public async Task What_an_admin_says_of_it_is_kept_and_recorded_with_what_was_before()
    {
        Assert.Equal(ProjectOutcome.Changed, await ChangeAsync(facts => facts with { Status = ProjectStatus.Retired, StatusNote = "Done.", Weight = 3, Number = "12" }));

        var stored = await StoredAsync();
        Assert.Equal((ProjectStatus.Retired, "Done.", 3, "12", 1), (stored.Status, stored.StatusNote, stored.Weight, stored.Number, stored.Revision));
        var entry = await Site.Database.ReadAsync(db => db.AuditEntries.SingleAsync());
        Assert.Contains("\"status\":\"ongoing\"", entry.Details, StringComparison.Ordinal);
        Assert.Contains("\"status\":\"retired\"", entry.Details, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Of_two_at_once_the_second_is_told_and_overwrites_nothing()
    {
        await ChangeAsync(facts => facts with { Name = "First" });

        Assert.Equal(ProjectOutcome.ChangedMeanwhile, await ChangeAsync(facts => facts with { Name = "Second" }));
        Assert.Equal(ProjectOutcome.ChangedMeanwhile, await MoveAsync(_south));
        Assert.Equal("First", (await StoredAsync()).Name);
        Assert.Equal(ProjectOutcome.Unchanged, await ChangeAsync(facts => facts with { Name = "First" }, revision: 1));
    }

    private Task<ProjectOutcome> MoveAsync(Organisation to, int revision = 0) => Projects.MoveAsync(new ProjectEdit(_project.Id, revision, _admin.Id), to.Id, None);

    private Task<ProjectOutcome> ChangeAsync(Func<ProjectFacts, ProjectFacts> change, int revision = 0) => Projects.ChangeAsync(
        new ProjectEdit(_project.Id, revision, _admin.Id),
        change(new ProjectFacts
        {
            Name = _project.Name,
            Slug = _project.Slug,
            Number = _project.Number,
            Status = ProjectStatus.Ongoing,
            StatusNote = "",
            Weight = 1,
        }),
        None);

    private Task<(ProjectOutcome Outcome, int Id)> CreateAsync(string slug, string? number, Organisation organisation) => Site.Get<ProjectCreation>().CreateAsync(
        new CreateProject { Name = slug, Slug = slug, Number = number, OrganisationId = organisation.Id, PersonId = _admin.Id }, None);

    private Task<Project> StoredAsync() => Site.Database.ReadAsync(db => db.Projects.AsNoTracking().SingleAsync(row => row.Id == _project.Id));

    private Task<AuditAct> FirstActAsync() => Site.Database.ReadAsync(db => db.AuditEntries.OrderBy(row => row.Sequence).Select(row => row.Act).FirstAsync());

    private Task<string?> LeadsToAsync(string path) =>
        Site.Database.ReadAsync(async db => (await FormerAddresses.FindAsync(db, [path], None))?.Now);
}
