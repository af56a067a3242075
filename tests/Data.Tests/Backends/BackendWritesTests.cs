using JobServer.Data.Backends;
using JobServer.Data.Redirects;
using JobServer.Domain.Audit;
using JobServer.Domain.Backends;
using JobServer.Domain.Users;
using JobServer.TestCommon;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace JobServer.Data.Tests.Backends;

public sealed class BackendWritesTests : SiteTest
{
    private Backend _backend = null!;
    private User _admin = null!;

    private BackendWrites Backends => Site.Get<BackendWrites>();

    public override async Task InitializeAsync()
    {
        await base.InitializeAsync();
        _backend = await Site.CreateBackendAsync(slug: "north");
        _admin = await Site.CreateUserAsync();
    }

    [Fact]
    public async Task A_slug_is_given_once_whatever_its_letter_case()
    {
        Assert.Null(await Backends.CreateAsync(New("NORTH"), None));

        Assert.NotNull(await Backends.CreateAsync(New("south"), None));
        Assert.Equal(BackendOutcome.AddressTaken, await Backends.RenameAsync(Edit(0), "North", "South", None));
    }

    [Fact]
    public async Task A_former_slug_leads_to_the_new_one_until_another_backend_takes_it()
    {
        Assert.Equal(BackendOutcome.Changed, await Backends.RenameAsync(Edit(0), "North", "north-2", None));

        Assert.Equal("status/north-2", await LeadsToAsync("status/north"));
        await Backends.CreateAsync(New("north"), None);
        Assert.Null(await LeadsToAsync("status/north"));
    }

    [Fact]
    public async Task Of_two_who_change_a_backend_at_once_the_second_changes_nothing()
    {
        Assert.Equal(BackendOutcome.Changed, await Backends.SetPoliciesAsync(Edit(0), ReleasePolicy.Automatic, LogPolicy.Checkers, None));

        Assert.Equal(BackendOutcome.ChangedMeanwhile, await Backends.SetPoliciesAsync(Edit(0), ReleasePolicy.Reviewed, LogPolicy.Project, None));
        Assert.Equal(BackendOutcome.ChangedMeanwhile, await Backends.RenameAsync(Edit(0), "Mine", "mine", None));

        var stored = await Site.Database.ReadAsync(db => db.Backends.SingleAsync());
        Assert.Equal((ReleasePolicy.Automatic, LogPolicy.Checkers, "north"), (stored.ReleasePolicy, stored.LogPolicy, stored.Slug));
        var entry = await Site.Database.ReadAsync(db => db.AuditEntries.SingleAsync());
        Assert.Equal((AuditAct.BackendChanged, (int?)_admin.Id), (entry.Act, entry.ActorId));
    }

    [Fact]
    public async Task What_was_so_already_is_not_written()
    {
        Assert.Equal(BackendOutcome.Unchanged, await Backends.SetPoliciesAsync(Edit(0), _backend.ReleasePolicy, _backend.LogPolicy, None));

        Assert.Equal(0, await Site.Database.ReadAsync(db => db.AuditEntries.CountAsync()));
    }

    [Fact]
    public async Task A_person_is_added_and_removed_once()
    {
        var members = Site.Get<BackendMemberWrites>();
        var person = await Site.CreateUserAsync();

        Assert.True(await members.AddAsync(_backend.Id, person.Id, _admin.Id, None));
        Assert.False(await members.AddAsync(_backend.Id, person.Id, _admin.Id, None));
        Assert.True(await members.RemoveAsync(_backend.Id, person.Id, _admin.Id, None));
        Assert.False(await members.RemoveAsync(_backend.Id, person.Id, _admin.Id, None));

        Assert.Equal(2, await Site.Database.ReadAsync(db => db.AuditEntries.CountAsync(row => row.Act == AuditAct.MembershipChanged)));
    }

    private BackendEdit Edit(int revision) => new(_backend.Id, revision, _admin.Id);

    private CreateBackend New(string slug) => new()
    {
        Name = slug,
        Slug = slug,
        ReleasePolicy = ReleasePolicy.Reviewed,
        LogPolicy = LogPolicy.SiteOnly,
        PersonId = _admin.Id,
    };

    private Task<string?> LeadsToAsync(string path) =>
        Site.Database.ReadAsync(async db => (await FormerAddresses.FindAsync(db, [path], None))?.Now);
}
