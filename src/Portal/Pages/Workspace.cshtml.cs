using JobServer.Data;
using JobServer.Domain.Access;
using JobServer.Portal.Access;
using JobServer.Portal.CodeHosts;
using JobServer.Portal.Jobs;
using JobServer.Portal.Pages.Shared;
using JobServer.Portal.Ui;
using JobServer.Portal.Users;
using JobServer.Portal.Workspaces;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;

namespace JobServer.Portal.Pages;

/// <summary>A workspace: what can be done with it, what ran, and what was released.</summary>
[RequiresPermission(Permission.ViewPublicPages)]
internal sealed class WorkspaceModel(
    JobServerDb db, WorkspaceWrites writes, CodeHostRouter router, OneTimeTokens tokens, StoredTokens storedTokens, RepositoryVisibilities visibilities, TimeProvider time) : PageModel
{
    private const int NewestRequests = 5;

    /// <summary>A one-time token; never shown again.</summary>
    [BindProperty]
    public string? Token { get; set; }

    public OrganisationView Organisation => HttpContext.Organisation();

    public ProjectView Project => HttpContext.Project();

    public WorkspaceView Workspace => HttpContext.Workspace();

    public RepositoryLink Repository { get; private set; } = null!;

    /// <summary>Null where the code host shows everything to everybody.</summary>
    public RepositoryVisibility? Visibility { get; private set; }

    public string Purpose { get; private set; } = "";

    /// <summary>False for a person who has nowhere to run jobs.</summary>
    public bool HasBackend { get; private set; }

    public DateTimeOffset CreatedAt { get; private set; }

    /// <summary>Null for visitors.</summary>
    public string? CreatedBy { get; private set; }

    public IReadOnlyList<RequestRow> Requests { get; private set; } = [];

    public int Releases { get; private set; }

    public DateTimeOffset? NewestRelease { get; private set; }

    /// <summary>Null for people who may not run jobs here.</summary>
    public TokenPanel? TokenPanel { get; private set; }

    private string Address => WorkspaceLinks.Page(Organisation.Slug, Project.Slug, Workspace.Slug);

    public Task OnGetAsync(CancellationToken cancellationToken) => LoadAsync(cancellationToken);

    public Task<IActionResult> OnPostArchiveAsync(CancellationToken cancellationToken) => ArchiveAsync(archived: true, cancellationToken);

    public Task<IActionResult> OnPostUnarchiveAsync(CancellationToken cancellationToken) => ArchiveAsync(archived: false, cancellationToken);

    public Task<IActionResult> OnPostEnableNotificationsAsync(CancellationToken cancellationToken) => NotifyAsync(notifies: true, cancellationToken);

    public Task<IActionResult> OnPostDisableNotificationsAsync(CancellationToken cancellationToken) => NotifyAsync(notifies: false, cancellationToken);

    public async Task<IActionResult> OnPostTokenAsync(CancellationToken cancellationToken)
    {
        if (HttpContext.Refusal(Permission.RunJobs) is { } refusal)
        {
            return refusal;
        }

        if (!Link().TakesTokens)
        {
            TempData.Warn("No token is needed for this repository, so what you entered was not kept.");
            return LocalRedirect(Address);
        }

        var token = Token?.Trim();
        if (OneTimeTokens.Problem(token) is { } problem)
        {
            ModelState.AddModelError(nameof(Token), problem);
            await LoadAsync(cancellationToken);
            return Page();
        }

        tokens.Set(HttpContext, Organisation.Slug, Project.Slug, Workspace.Slug, Workspace.Id, token!);
        TempData.Success("This browser has the token for the next 15 minutes. It is not saved on the server.");
        return LocalRedirect(Address);
    }

    /// <summary>Needs no permission: it only empties the browser that asks.</summary>
    public IActionResult OnPostDropToken()
    {
        tokens.Drop(HttpContext);
        TempData.Success("The token was dropped.");
        return LocalRedirect(Address);
    }

    private async Task<IActionResult> ArchiveAsync(bool archived, CancellationToken cancellationToken)
    {
        if (HttpContext.Refusal(Permission.ArchiveWorkspace) is { } refusal)
        {
            return refusal;
        }

        await writes.SetArchivedAsync(Workspace.Id, archived, HttpContext.Person()!.Id, cancellationToken);
        TempData.Success(archived ? "The workspace was archived." : "The workspace is active again.");
        return LocalRedirect(Address);
    }

    private async Task<IActionResult> NotifyAsync(bool notifies, CancellationToken cancellationToken)
    {
        if (HttpContext.Refusal(Permission.ToggleNotifications) is { } refusal)
        {
            return refusal;
        }

        await writes.SetNotifiesAsync(Workspace.Id, notifies, HttpContext.Person()!.Id, cancellationToken);
        TempData.Success(notifies ? "Notifications are on for this workspace." : "Notifications are off for this workspace.");
        return LocalRedirect(Address);
    }

    private RepositoryLink Link() => RepositoryLink.Of(router, Workspace.Repository, Workspace.Branch);

    private async Task<TokenPanel> ReadTokenPanelAsync(CancellationToken cancellationToken) => new()
    {
        TakesTokens = Repository.TakesTokens,
        OneTimeUntil = tokens.ReadExpiry(HttpContext),
        Stored = Repository.TakesTokens ? await storedTokens.ViewAsync(HttpContext.Person()!.Id, cancellationToken) : null,
        Now = time.GetUtcNow(),
    };

    private async Task LoadAsync(CancellationToken cancellationToken)
    {
        var (id, me) = (Workspace.Id, HttpContext.Person()?.Id);
        Repository = Link();
        TokenPanel = HttpContext.May(Permission.RunJobs) ? await ReadTokenPanelAsync(cancellationToken) : null;
        var facts = await db.Workspaces.AsNoTracking().Where(workspace => workspace.Id == id)
            .Select(workspace => new
            {
                workspace.CreatedAt,
                workspace.Purpose,
                HasBackend = db.BackendMemberships.Any(member => member.UserId == me),
                CreatedBy = workspace.CreatedBy.FullName,
                Releases = db.Releases.Count(release => release.WorkspaceId == id),
                NewestRelease = db.Releases.Where(release => release.WorkspaceId == id)
                    .OrderByDescending(release => release.Id).Select(release => (DateTimeOffset?)release.CreatedAt).FirstOrDefault(),
            })
            .SingleAsync(cancellationToken);
        (CreatedAt, Releases, NewestRelease) = (facts.CreatedAt, facts.Releases, facts.NewestRelease);
        (Purpose, HasBackend) = (facts.Purpose, facts.HasBackend);
        Visibility = router.Find(Workspace.Repository).Value is { } place ? await visibilities.FindAsync(place, cancellationToken) : null;
        CreatedBy = HttpContext.May(Permission.ViewPeopleAndMessages) ? facts.CreatedBy : null;
        Requests = await db.JobRequests.Where(request => request.WorkspaceId == id).NewestAsync(NewestRequests, cancellationToken);
    }
}
