using JobServer.Data;
using JobServer.Data.Jobs;
using JobServer.Domain.Access;
using JobServer.Portal.Access;
using JobServer.Portal.CodeHosts;
using JobServer.Portal.Coordination;
using JobServer.Portal.Studies;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace JobServer.Portal.Pages.Runs;

/// <summary>A job request: its jobs, live, and its cancel button.</summary>
[RequiresPermission(Permission.ViewPublicPages)]
internal sealed class RequestModel(
    JobServerDb db, JobCancellations cancellations, CoordinatorNotices notices, CodeHostRouter hosts, TimeProvider timeProvider) : PageModel
{
    [BindProperty(SupportsGet = true)]
    public int Number { get; set; }

    /// <summary>Opens project.yaml in the page, where the code host has no page for it.</summary>
    [BindProperty(SupportsGet = true)]
    public string? Show { get; set; }

    public RequestView View { get; private set; } = null!;

    public Uri? RepositoryAddress { get; private set; }

    public Uri? ProjectFileAddress { get; private set; }

    public bool MayCancel => HttpContext.May(Permission.CancelJobs);

    public bool ShowsProject => Show == ProjectFiles.Name;

    public async Task<IActionResult> OnGetAsync(CancellationToken cancellationToken)
    {
        var view = await RequestView.FindAsync(db, HttpContext, HttpContext.Workspace().Id, Number, timeProvider.GetUtcNow(), cancellationToken);
        if (view is null)
            return NotFound();
        View = view;
        if (hosts.Find(HttpContext.Workspace().Repository).Value is { } place && CodeCommit.IsSha(view.Commit))
        {
            var commit = new CodeCommit(view.Commit);
            RepositoryAddress = place.Host.WebAddress(place.Repository, commit);
            ProjectFileAddress = place.Host.WebAddress(place.Repository, commit, ProjectFiles.Name);
        }

        return Page();
    }

    public async Task<IActionResult> OnPostCancelAsync(CancellationToken cancellationToken)
    {
        if (HttpContext.Refusal(Permission.CancelJobs) is { } refusal)
            return refusal;
        var exists = await RequestView.FindAsync(db, HttpContext, HttpContext.Workspace().Id, Number, timeProvider.GetUtcNow(), cancellationToken);
        if (exists is null)
            return NotFound();
        var outcome = await cancellations.CancelRequestAsync(Number, HttpContext.Person()!.Id, cancellationToken);
        await notices.RequestChangedAsync(Number, cancellationToken);
        CancelWords.Tell(TempData, outcome);
        return LocalRedirect(HttpContext.RunAddress().Request(Number));
    }
}
