using JobServer.Data;
using JobServer.Data.Jobs;
using JobServer.Domain.Access;
using JobServer.Portal.Access;
using JobServer.Portal.CodeHosts;
using JobServer.Portal.Coordination;
using JobServer.Portal.Jobs;
using JobServer.Portal.Limits;
using JobServer.Portal.Studies;
using JobServer.Portal.Ui;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace JobServer.Portal.Pages.Runs;

/// <summary>A job request: its jobs, live, and the buttons to cancel them and to run again what failed.</summary>
[RequiresPermission(Permission.ViewPublicPages)]
[Limited(Limit.Submit)]
internal sealed class RequestModel(
    JobServerDb db, JobCancellations cancellations, CoordinatorNotices notices, CodeHostRouter hosts, FailedJobs failed,
    Random random, TimeProvider timeProvider) : PageModel
{
    public const string SameCommit = "same";

    [BindProperty(SupportsGet = true)]
    public int Number { get; set; }

    /// <summary>Opens project.yaml in the page, where the code host has no page for it.</summary>
    [BindProperty(SupportsGet = true)]
    public string? Show { get; set; }

    /// <summary>Of the form that runs again what failed.</summary>
    public string Key { get; } = SubmissionKeys.New(random);

    public RequestView View { get; private set; } = null!;

    public bool ShowsProject => Show == ProjectFiles.Name;

    public async Task<IActionResult> OnGetAsync(CancellationToken cancellationToken)
    {
        if (await FindAsync(cancellationToken) is not { } view)
            return NotFound();
        View = view;
        return Page();
    }

    public async Task<IActionResult> OnPostCancelAsync(CancellationToken cancellationToken)
    {
        if (HttpContext.Refusal(Permission.CancelJobs) is { } refusal)
            return refusal;
        if (await FindAsync(cancellationToken) is null)
            return NotFound();
        var outcome = await cancellations.CancelRequestAsync(Number, HttpContext.Person()!.Id, cancellationToken);
        await notices.RequestChangedAsync(Number, cancellationToken);
        CancelWords.Tell(TempData, outcome);
        return LocalRedirect(HttpContext.RunAddress().Request(Number));
    }

    /// <param name="key">Of the form.</param>
    /// <param name="at"><c>same</c> for the commit of this request, anything else for the newest of the branch.</param>
    /// <param name="cancellationToken">Of the browser.</param>
    public async Task<IActionResult> OnPostRerunAsync([FromForm] string? key, [FromForm] string? at, CancellationToken cancellationToken)
    {
        if (HttpContext.Refusal(Permission.RunJobs) is { } refusal)
            return refusal;
        if (await FindAsync(cancellationToken) is not { } view)
            return NotFound();
        if (!view.IsEnded || !view.FailedActions.Any())
        {
            TempData.Warn(view.IsEnded ? "Nothing failed, so there is nothing to run again." : "Wait until every job has ended, then run again what failed.");
            return LocalRedirect(view.Address.Request(Number));
        }

        var result = await failed.RunAgainAsync(HttpContext, view, key, atSameCommit: at == SameCommit);
        switch (result)
        {
            case JobSubmissionResult.Submitted submitted:
                TempData.Success(submitted.Message);
                return LocalRedirect(view.Address.Request(submitted.Number));
            case JobSubmissionResult.NothingToDo nothing:
                TempData.Warn(nothing.Message);
                return LocalRedirect(view.Address.Request(nothing.Number));
            default:
                TempData.Fail($"Nothing was submitted. {result.Message}");
                return LocalRedirect(view.Address.Request(Number));
        }
    }

    private Task<RequestView?> FindAsync(CancellationToken cancellationToken) =>
        RequestView.FindAsync(db, HttpContext, hosts, HttpContext.Workspace().Id, Number, timeProvider.GetUtcNow(), cancellationToken);
}
