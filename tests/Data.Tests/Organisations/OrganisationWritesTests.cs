using JobServer.Data.Audit;
using JobServer.Data.Organisations;
using JobServer.Data.Redirects;
using JobServer.Domain.Audit;
using JobServer.Domain.Organisations;
using JobServer.Domain.Users;
using JobServer.TestCommon;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace JobServer.Data.Tests.Organisations;

public sealed class OrganisationWritesTests : SiteTest
{
    private Organisation _organisation = null!;
    private User _admin = null!;

    private OrganisationWrites Organisations => Site.Get<OrganisationWrites>();

    public override async Task InitializeAsync()
    {
        await base.InitializeAsync();
        _organisation = await Site.CreateOrganisationAsync("north");
        _admin = await Site.CreateUserAsync();
    }

    [Fact]
    public async Task A_slug_is_given_once_whatever_its_letter_case_and_to_one_of_many_at_once()
    {
        Assert.Null(await CreateAsync("NORTH"));
        Assert.Equal(OrganisationOutcome.AddressTaken, await ChangeAsync((await CreateAsync("south"))!.Value, 0, "North"));

        var made = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => CreateAsync("west")));

        Assert.Single(made, id => id is not null);
    }

    [Fact]
    public async Task A_former_slug_leads_on_with_all_that_is_below_until_another_organisation_takes_it()
    {
        var project = await Site.CreateProjectAsync(_organisation, "asthma");
        Assert.Equal(OrganisationOutcome.Changed, await ChangeAsync(_organisation.Id, 0, "north-2"));

        Assert.Equal("north-2", await LeadsToAsync("north"));
        await CreateAsync("north");
        Assert.Null(await LeadsToAsync("north"));
        Assert.Equal(_organisation.Id, await Site.Database.ReadAsync(db => db.Projects.Where(row => row.Id == project.Id).Select(row => row.OrganisationId).SingleAsync()));
    }

    [Fact]
    public async Task Of_two_who_change_it_at_once_the_second_changes_nothing()
    {
        Assert.Equal(OrganisationOutcome.Changed, await ChangeAsync(_organisation.Id, 0, "first"));

        Assert.Equal(OrganisationOutcome.ChangedMeanwhile, await ChangeAsync(_organisation.Id, 0, "second"));
        Assert.Equal(OrganisationOutcome.Unchanged, await ChangeAsync(_organisation.Id, 1, "first"));

        var entry = await Site.Database.ReadAsync(db => db.AuditEntries.SingleAsync());
        Assert.Equal((AuditAct.OrganisationChanged, (int?)_admin.Id), (entry.Act, entry.ActorId));
    }

    [Fact]
    public async Task A_person_is_added_and_removed_once_and_the_record_says_so()
    {
        var members = Site.Get<OrganisationMemberWrites>();
        var person = await Site.CreateUserAsync();

        var added = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => members.AddAsync(_organisation.Id, person.Id, _admin.Id, None)));
        Assert.Single(added, true);
        Assert.False(await members.AddAsync(999, person.Id, _admin.Id, None));
        var gone = await Site.CreateUserAsync();
        await Site.Database.WriteAsync((db, token) => db.Users.Where(user => user.Id == gone.Id).ExecuteUpdateAsync(set => set.SetProperty(user => user.IsActive, false), token));
        Assert.False(await members.AddAsync(_organisation.Id, gone.Id, _admin.Id, None));
        Assert.True(await members.RemoveAsync(_organisation.Id, person.Id, _admin.Id, None));
        Assert.False(await members.RemoveAsync(_organisation.Id, person.Id, _admin.Id, None));

        Assert.Equal(2, await Site.Database.ReadAsync(db => db.AuditEntries.CountAsync(row => row.Act == AuditAct.MembershipChanged)));
        Assert.Null(await Site.Database.ReadAsync(db => Site.Get<AuditLog>().FindBreakAsync(db, [], None)));
    }

    private Task<int?> CreateAsync(string slug) =>
        Organisations.CreateAsync(new CreateOrganisation { Name = slug, Slug = slug, Description = "", PersonId = _admin.Id }, None);

    private Task<OrganisationOutcome> ChangeAsync(int id, int revision, string slug) =>
        Organisations.ChangeAsync(new OrganisationEdit(id, revision, _admin.Id), "Name", slug, "", None);

    private Task<string?> LeadsToAsync(string path) =>
        Site.Database.ReadAsync(async db => (await FormerAddresses.FindAsync(db, [path], None))?.Now);
}
