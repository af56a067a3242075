using JobServer.AllInOne;
using JobServer.Data;
using JobServer.Data.Writing;
using JobServer.Domain.Access;
using JobServer.Domain.Applications;
using JobServer.Domain.Backends;
using JobServer.Domain.Organisations;
using JobServer.Domain.Projects;
using JobServer.Domain.Users;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace JobServer.EndToEnd.Tests.Guide;

/// <summary>What the guide asks an admin for, straight into the rows.</summary>
internal sealed class Admin(AllInOneSite site)
{
    private readonly DatabaseWriter _writer = site.Services.GetRequiredService<DatabaseWriter>();

    /// <summary>Step 2: the application is approved, which makes the project with its applicant in it.</summary>
    public Task ApproveAsync(string login) => _writer.RunAsync(
        async (db, token) =>
        {
            var person = await db.Users.SingleAsync(user => user.Login == login, token);
            var application = await db.Applications.SingleAsync(row => row.CreatedById == person.Id && row.Status == ApplicationStatus.Submitted, token);
            var project = new Project { Name = "MyStudy", Slug = "mystudy", CreatedAt = TimeProvider.System.GetUtcNow() };
            project.Memberships.Add(new ProjectMembership
            {
                UserId = person.Id,
                CreatedAt = TimeProvider.System.GetUtcNow(),
                Roles =
                {
                    new ProjectMembershipRole { Role = Role.ProjectDeveloper },
                    new ProjectMembershipRole { Role = Role.ProjectCoordinator },
                },
            });
            db.Projects.Add(project);
            await db.SaveChangesAsync(token);
            application.Status = ApplicationStatus.ApprovedFully;
            application.ProjectId = project.Id;
        },
        CancellationToken.None);

    /// <summary>Steps 3 and 4: a backend, an organisation, and the project in it.</summary>
    public Task AttachAsync(string login) => _writer.RunAsync(
        async (db, token) =>
        {
            var person = await db.Users.SingleAsync(user => user.Login == login, token);
            var backend = await db.Backends.SingleAsync(row => row.Slug == StudyRuns.Automatic, token);
            var organisation = new Organisation { Name = "MediciaAIOrg2", Slug = "mediciaaiorg2", CreatedAt = TimeProvider.System.GetUtcNow() };
            organisation.Memberships.Add(new OrganisationMembership { UserId = person.Id, CreatedAt = TimeProvider.System.GetUtcNow() });
            db.Organisations.Add(organisation);
            db.BackendMemberships.Add(new BackendMembership { BackendId = backend.Id, UserId = person.Id, CreatedAt = TimeProvider.System.GetUtcNow() });
            await db.SaveChangesAsync(token);
            (await db.Projects.SingleAsync(row => row.Slug == "mystudy", token)).OrganisationId = organisation.Id;
        },
        CancellationToken.None);

    /// <summary>Step 5: another member, whom a coordinator can then edit.</summary>
    public Task AddMemberAsync() => _writer.RunAsync(
        async (db, token) =>
        {
            var member = new User { Login = "collaborator", FullName = "Another Researcher", CreatedAt = TimeProvider.System.GetUtcNow() };
            db.Users.Add(member);
            await db.SaveChangesAsync(token);
            db.ProjectMemberships.Add(new ProjectMembership
            {
                ProjectId = (await db.Projects.SingleAsync(row => row.Slug == "mystudy", token)).Id,
                UserId = member.Id,
                CreatedAt = TimeProvider.System.GetUtcNow(),
                Roles = { new ProjectMembershipRole { Role = Role.ProjectDeveloper } },
            });
        },
        CancellationToken.None);
}
