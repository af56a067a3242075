using JobServer.Data.Projects;
using JobServer.Domain.Access;
using JobServer.Domain.Audit;
using JobServer.Domain.Notifications;
using JobServer.Domain.Projects;
using JobServer.Domain.Users;
using JobServer.TestCommon;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace JobServer.Data.Tests.Projects;

public sealed class MemberWritesTests : SiteTest
{
    private Project _project = null!;
    private User _admin = null!;
    private User _person = null!;

    public override async Task InitializeAsync()
    {
        await base.InitializeAsync();
        _project = await Site.CreateProjectAsync(await Site.CreateOrganisationAsync("north"), "asthma");
        _admin = await Site.CreateUserAsync();
        _person = await Site.CreateUserAsync();
    }

    [Fact]
    public async Task A_person_is_added_once_told_once_and_recorded_once()
    {
        var outcomes = await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => AddAsync(_person, Role.ProjectDeveloper, Role.CoreDeveloper)));

        Assert.Single(outcomes, AddMemberOutcome.Added);
        Assert.Equal(5, outcomes.Count(outcome => outcome == AddMemberOutcome.IsMember));
        var member = await Site.Database.ReadAsync(db => db.ProjectMemberships.AsNoTracking().Include(row => row.Roles).SingleAsync());
        Assert.Equal([Role.ProjectDeveloper], member.Roles.Select(role => role.Role));
        var mail = await Site.Database.ReadAsync(db => db.OutboxMessages.SingleAsync());
        Assert.Equal((MessageTemplate.AddedToProject, _person.Email), (mail.Template, mail.Recipient));
        Assert.Contains("/north/asthma", mail.Data, StringComparison.Ordinal);
        Assert.Equal(AuditAct.MembershipChanged, (await Site.Database.ReadAsync(db => db.AuditEntries.SingleAsync())).Act);
    }

    [Fact]
    public async Task Nobody_who_cannot_sign_in_is_added()
    {
        var gone = await Site.CreateUserAsync();
        await Site.Database.WriteAsync((db, token) => db.Users.Where(user => user.Id == gone.Id).ExecuteUpdateAsync(set => set.SetProperty(user => user.IsActive, false), token));

        Assert.Equal(AddMemberOutcome.NotThere, await AddAsync(gone, Role.ProjectDeveloper));
        Assert.Equal(0, await Site.Database.ReadAsync(db => db.ProjectMemberships.CountAsync()));
    }

    private Task<AddMemberOutcome> AddAsync(User user, params Role[] roles) =>
        Site.Get<MemberWrites>().AddAsync(new AddMember { ProjectId = _project.Id, UserId = user.Id, Roles = roles, PersonId = _admin.Id }, None);
}
