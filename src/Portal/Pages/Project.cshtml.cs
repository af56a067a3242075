using JobServer.Data;
using JobServer.Domain.Access;
using JobServer.Domain.Projects;
using JobServer.Domain.Releases.Publications;
using JobServer.Portal.Access;
using JobServer.Portal.CodeHosts;
using JobServer.Portal.Projects;
using JobServer.Portal.Releases.Publications;
using JobServer.Portal.Workspaces;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;

namespace JobServer.Portal.Pages;

/// <summary>A project: its workspaces, their repositories, and for people who is in it.</summary>
[RequiresPermission(Permission.ViewPublicPages)]
internal sealed class ProjectModel(JobServerDb db, CodeHostRouter router, RepositoryVisibilities visibilities, MissingSteps missing) : PageModel
{
    private const int MostWorkspaces = 500;
    private const int MostResearchers = 300;
    private const int NewestReleases = 5;
    private const int NewestPublications = 20;

    public OrganisationView Organisation => HttpContext.Organisation();

    public ProjectView Project => HttpContext.Project();

    public IReadOnlyList<WorkspaceRow> Workspaces { get; private set; } = [];

    public IReadOnlyList<Repository> Repositories { get; private set; } = [];

    /// <summary>What the person needs before they can run jobs here. Empty for visitors.</summary>
    public IReadOnlyList<MissingStep> Missing { get; private set; } = [];

    /// <summary>Empty for visitors.</summary>
    public IReadOnlyList<Researcher> Researchers { get; private set; } = [];

    public int ResearcherCount { get; private set; }

    public int Releases { get; private set; }

    public IReadOnlyList<ReleaseRow> Newest { get; private set; } = [];

    /// <summary>What everybody may read, the newest first.</summary>
    public IReadOnlyList<PublicationView> Published { get; private set; } = [];

    public DateTimeOffset CreatedAt { get; private set; }

    public ProjectStatus Status { get; private set; }

    public async Task OnGetAsync(CancellationToken cancellationToken)
    {
        var id = Project.Id;
        var facts = await db.Projects.AsNoTracking().Where(project => project.Id == id)
            .Select(project => new
            {
                project.CreatedAt,
                project.Status,
                Researchers = project.Memberships.Count,
                Releases = db.Releases.Count(release => release.Workspace.ProjectId == id),
            })
            .SingleAsync(cancellationToken);
        (CreatedAt, Status, Releases, ResearcherCount) = (facts.CreatedAt, facts.Status, facts.Releases, facts.Researchers);
        Workspaces = await db.Workspaces.AsNoTracking().Where(workspace => workspace.ProjectId == id)
            .OrderBy(workspace => workspace.IsArchived).ThenBy(workspace => workspace.Slug)
            .Take(MostWorkspaces)
            .Select(workspace => new WorkspaceRow(workspace.Slug, workspace.Repository, workspace.Branch, workspace.IsArchived))
            .ToListAsync(cancellationToken);
        Repositories = await RepositoriesAsync(cancellationToken);
        if (Releases > 0)
        {
            Newest = await db.Releases.AsNoTracking().Where(release => release.Workspace.ProjectId == id)
                .OrderByDescending(release => release.Id)
                .Take(NewestReleases)
                .Select(release => new ReleaseRow(release.Id, release.Workspace.Slug, release.CreatedAt, release.Files.Count))
                .ToListAsync(cancellationToken);
        }

        Published = await db.Publications.AsNoTracking().Where(row => row.Workspace.ProjectId == id && row.State == PublicationState.Published)
            .OrderByDescending(row => row.DecidedAt).Take(NewestPublications).Views().ToListAsync(cancellationToken);
        if (HttpContext.Person() is { } person)
        {
            Missing = await missing.OfProjectAsync(person.Id, id, HttpContext.Rights(), cancellationToken);
        }

        if (HttpContext.May(Permission.ViewPeopleAndMessages))
        {
            Researchers = await ResearchersAsync(id, cancellationToken);
        }
    }

    private async Task<IReadOnlyList<Repository>> RepositoriesAsync(CancellationToken cancellationToken)
    {
        var used = Workspaces.DistinctBy(workspace => workspace.Repository, StringComparer.OrdinalIgnoreCase).ToList();
        var places = used.Select(workspace => router.Find(workspace.Repository).Value).ToList();
        var seen = await visibilities.LookAsync(places.OfType<CodePlace>(), cancellationToken);
        return [.. used.Zip(places, (workspace, place) => new Repository(
            RepositoryLink.Of(router, workspace.Repository, workspace.Branch),
            place is not null && seen.TryGetValue(place.Repository.Address.AbsoluteUri, out var visibility) ? visibility : null))];
    }

    private async Task<IReadOnlyList<Researcher>> ResearchersAsync(int id, CancellationToken cancellationToken)
    {
        var members = await db.ProjectMemberships.AsNoTracking().Where(member => member.ProjectId == id)
            .OrderBy(member => member.User.FullName)
            .Take(MostResearchers)
            .Select(member => new { member.User.FullName, member.User.Login, Roles = member.Roles.Select(role => role.Role).ToList() })
            .ToListAsync(cancellationToken);
        return [.. members.Select(member => new Researcher(
            member.FullName, member.Login, [.. member.Roles.Order().Select(role => role.Name())]))];
    }

    internal sealed record WorkspaceRow(string Slug, string Repository, string Branch, bool IsArchived);

    /// <param name="Visibility">Null where the code host shows everything to everybody, and where none knows the address.</param>
    internal sealed record Repository(RepositoryLink Link, RepositoryVisibility? Visibility);

    internal sealed record ReleaseRow(string Id, string Workspace, DateTimeOffset CreatedAt, int Files);

    internal sealed record Researcher(string Name, string Login, IReadOnlyList<string> Roles);
}
