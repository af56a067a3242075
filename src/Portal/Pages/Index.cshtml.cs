using JobServer.Data;
using JobServer.Domain.Access;
using JobServer.Domain.Applications;
using JobServer.Domain.Applications.Forms;
using JobServer.Portal.Access;
using JobServer.Portal.Jobs;
using JobServer.Portal.Organisations;
using JobServer.Portal.Projects;
using JobServer.Portal.Workspaces;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;

namespace JobServer.Portal.Pages;

/// <summary>The home page: what runs, what there is, and the way to a new workspace.</summary>
[RequiresPermission(Permission.ViewPublicPages)]
internal sealed class IndexModel(JobServerDb db, MissingSteps missing) : PageModel
{
    private const int NewestRequests = 5;
    private const int NewestForVisitors = 10;
    private const int MostProjects = 20;
    private const int NewestApplications = 5;
    private const int MostWorkspaces = 200;

    [BindProperty(SupportsGet = true, Name = "q")]
    public string? Filter { get; set; }

    public bool IsPerson => HttpContext.Person() is not null;

    /// <summary>Of the person's projects; for visitors of all.</summary>
    public IReadOnlyList<RequestRow> Requests { get; private set; } = [];

    public IReadOnlyList<ProjectRow> Projects { get; private set; } = [];

    public IReadOnlyList<ApplicationRow> Applications { get; private set; } = [];

    /// <summary>What the person needs before they can run jobs. Empty for visitors.</summary>
    public IReadOnlyList<MissingStep> Missing { get; private set; } = [];

    public IReadOnlyList<WorkspaceRow> Workspaces { get; private set; } = [];

    public bool HasMore { get; private set; }

    /// <summary>Where a new workspace begins; null when the person belongs to no organisation.</summary>
    public string? AddWorkspace { get; private set; }

    public async Task OnGetAsync(CancellationToken cancellationToken)
    {
        var me = HttpContext.Person()?.Id;
        if (me is { } personId)
        {
            await LoadPersonAsync(personId, cancellationToken);
        }
        else
        {
            Requests = await db.JobRequests.NewestAsync(NewestForVisitors, cancellationToken);
        }

        var found = await WorkspacesAsync(me, cancellationToken);
        HasMore = found.Count > MostWorkspaces;
        Workspaces = [.. found.Take(MostWorkspaces)];
    }

    private async Task LoadPersonAsync(int me, CancellationToken cancellationToken)
    {
        Missing = await missing.OfPersonAsync(me, cancellationToken);
        Requests = await db.JobRequests
            .Where(request => request.Workspace.Project.Memberships.Any(member => member.UserId == me))
            .NewestAsync(NewestRequests, cancellationToken);
        var organisations = await db.OrganisationMemberships.AsNoTracking().Where(member => member.UserId == me)
            .OrderBy(member => member.OrganisationId).Select(member => member.Organisation.Slug).Take(2).ToListAsync(cancellationToken);
        AddWorkspace = organisations switch
        {
            [] => null,
            [var only] => OrganisationLinks.Page(only),
            _ => OrganisationLinks.List,
        };
        Projects = await db.Projects.AsNoTracking().Where(project => project.Memberships.Any(member => member.UserId == me))
            .OrderBy(project => project.Name)
            .Take(MostProjects)
            .Select(project => new ProjectRow(
                project.Name, project.Slug, project.Organisation!.Slug, project.Organisation!.Name, project.Workspaces.Count(workspace => !workspace.IsArchived)))
            .ToListAsync(cancellationToken);
        var applications = await db.Applications.AsNoTracking().Where(row => row.CreatedById == me && row.DeletedAt == null)
            .OrderByDescending(row => row.Id)
            .Take(NewestApplications)
            .Select(row => new
            {
                row.PublicId,
                row.Status,
                row.CreatedAt,
                Study = row.Pages.Where(page => page.Key == StudyPages.StudyInformationKey).Select(page => page.Answers).FirstOrDefault(),
            })
            .ToListAsync(cancellationToken);
        Applications = [.. applications.Select(row => new ApplicationRow(row.PublicId, TitleOf(row.Study), row.Status, row.CreatedAt))];
    }

    private static string TitleOf(string? study) =>
        study is not null && Answers.Read(study)[StudyPages.StudyNameField] is { Length: > 0 } name ? name : "Study without a name yet";

    private Task<List<WorkspaceRow>> WorkspacesAsync(int? me, CancellationToken cancellationToken)
    {
        var workspaces = db.Workspaces.AsNoTracking().Where(workspace => !workspace.IsArchived && workspace.Project.OrganisationId != null);
        if (Filter?.Trim() is { Length: > 0 } filter)
        {
            var pattern = LikePattern.Containing(filter);
            workspaces = workspaces.Where(workspace =>
                EF.Functions.Like(workspace.Slug, pattern, LikePattern.Escape)
                || EF.Functions.Like(workspace.Project.Name, pattern, LikePattern.Escape)
                || EF.Functions.Like(workspace.Project.Organisation!.Name, pattern, LikePattern.Escape));
        }

        return workspaces
            .OrderByDescending(workspace => workspace.Project.Memberships.Any(member => member.UserId == me))
            .ThenBy(workspace => workspace.Slug)
            .Take(MostWorkspaces + 1)
            .Select(workspace => new WorkspaceRow
            {
                Slug = workspace.Slug,
                Project = workspace.Project.Name,
                Organisation = workspace.Project.Organisation!.Name,
                ProjectSlug = workspace.Project.Slug,
                OrganisationSlug = workspace.Project.Organisation!.Slug,
                Branch = workspace.Branch,
                IsMine = workspace.Project.Memberships.Any(member => member.UserId == me),
            })
            .ToListAsync(cancellationToken);
    }

    /// <param name="OrganisationSlug">Null until somebody attaches the project to an organisation; it has no page until then.</param>
    internal sealed record ProjectRow(string Name, string Slug, string? OrganisationSlug, string? Organisation, int ActiveWorkspaces);

    internal sealed record ApplicationRow(string PublicId, string Title, ApplicationStatus Status, DateTimeOffset CreatedAt);

    internal sealed record WorkspaceRow
    {
        public required string Slug { get; init; }

        public required string Project { get; init; }

        public required string Organisation { get; init; }

        public required string ProjectSlug { get; init; }

        public required string OrganisationSlug { get; init; }

        public required string Branch { get; init; }

        /// <summary>The person belongs to its project.</summary>
        public required bool IsMine { get; init; }

        public string Address => WorkspaceLinks.Page(OrganisationSlug, ProjectSlug, Slug);
    }
}
