using JobServer.Data;
using JobServer.Data.Blobs;
using JobServer.Domain.Access;
using JobServer.Domain.Backends;
using JobServer.Domain.Organisations;
using JobServer.Domain.Projects;
using JobServer.Domain.Users;
using JobServer.Domain.Workspaces;
using Microsoft.EntityFrameworkCore;

namespace JobServer.AllInOne.Demo;

/// <summary>The demo site: an organisation, two projects, two backends, a person for each role, and who else a release needs. Made once.</summary>
internal sealed class DemoSeed(JobServerDb db, DemoSecrets secrets, DateTimeOffset now)
{
    public const string WorkspaceSlug = "asthma-main";
    public const string BrokenWorkspaceSlug = "asthma-broken";
    public const string DeveloperLogin = "project-developer";

    public static List<DemoBackend> Backends { get; } =
    [
        new("demo", "Demo site", ReleasePolicy.Automatic),
        new("demo-reviewed", "Demo site with reviewed release", ReleasePolicy.Reviewed),
    ];

    public async Task RunAsync(CancellationToken cancellationToken)
    {
        if (await db.Users.AnyAsync(cancellationToken))
        {
            return;
        }

        var people = Roles.All.ToDictionary(role => role, PersonOf);
        db.Users.AddRange(people.Values);
        db.Users.Add(NewPerson("new-researcher", "New Researcher"));

        // A release needs the agreement of two.
        db.Users.Add(PersonOf(Role.OutputChecker, "second-output-checker", "Second Output Checker"));
        var organisation = new Organisation
        {
            Name = "Demo Institute",
            Slug = "demo-institute",
            Description = "A made-up institute to try things out. Its data are made up too.",
            CreatedAt = now,
        };
        db.Organisations.Add(organisation);
        await db.SaveChangesAsync(cancellationToken);

        // The demo has its people: nobody is offered a code that makes an admin.
        await db.SiteStates.ExecuteUpdateAsync(set => set.SetProperty(state => state.SetUpAt, (DateTimeOffset?)now), cancellationToken);
        AddBackends(people);
        var asthma = AddProject(organisation, "Asthma exacerbations", "asthma-exacerbations", "1", people);
        AddProject(organisation, "Blood pressure review", "blood-pressure-review", "2", people);
        foreach (var role in new[] { Role.ProjectDeveloper, Role.ProjectCoordinator, Role.ProjectCollaborator, Role.CoreDeveloper })
        {
            organisation.Memberships.Add(new OrganisationMembership { UserId = people[role].Id, CreatedAt = now });
        }

        AddWorkspace(asthma, WorkspaceSlug, DemoRepository.MainBranch, people[Role.ProjectDeveloper]);
        AddWorkspace(asthma, BrokenWorkspaceSlug, DemoRepository.BrokenBranch, people[Role.ProjectDeveloper]);
        await db.SaveChangesAsync(cancellationToken);
    }

    private User PersonOf(Role role) => PersonOf(role, SnakeCase.Of(role).Replace('_', '-'), role.Name());

    private User PersonOf(Role role, string login, string name)
    {
        var person = NewPerson(login, name);
        if (!Roles.OfProjects.Contains(role))
        {
            person.Roles.Add(new UserRole { Role = role, GrantedAt = now });
        }

        return person;
    }

    private User NewPerson(string login, string name) =>
        new() { Login = login, FullName = name, Email = $"{login}@demo.invalid", CreatedAt = now };

    private void AddBackends(Dictionary<Role, User> people)
    {
        foreach (var demo in Backends)
        {
            var backend = new Backend { Slug = demo.Slug, Name = demo.Name, ReleasePolicy = demo.Policy, LogPolicy = LogPolicy.Project, CreatedAt = now };
            backend.Tokens.Add(new BackendToken { Hash = Digests.OfText(secrets.AgentTokens[demo.Slug]), CreatedAt = now });
            db.Backends.Add(backend);
            db.BackendMemberships.Add(new BackendMembership { Backend = backend, UserId = people[Role.ProjectDeveloper].Id, CreatedAt = now });
        }
    }

    private Project AddProject(Organisation organisation, string name, string slug, string number, Dictionary<Role, User> people)
    {
        var project = new Project
        {
            Name = name,
            Slug = slug,
            Number = number,
            Organisation = organisation,
            CreatedAt = now,
            CreatedById = people[Role.CoreDeveloper].Id,
        };
        foreach (var role in Roles.OfProjects)
        {
            var membership = new ProjectMembership { UserId = people[role].Id, CreatedAt = now, CreatedById = people[Role.CoreDeveloper].Id };
            membership.Roles.Add(new ProjectMembershipRole { Role = role });
            project.Memberships.Add(membership);
        }

        db.Projects.Add(project);
        return project;
    }

    private void AddWorkspace(Project project, string slug, string branch, User developer) => db.Workspaces.Add(new Workspace
    {
        Project = project,
        Slug = slug,
        Repository = DemoRepository.Address,
        Branch = branch,
        Purpose = branch == DemoRepository.BrokenBranch ? "Shows what failure looks like." : "The demo study.",
        CreatedAt = now,
        CreatedById = developer.Id,
    });
}
