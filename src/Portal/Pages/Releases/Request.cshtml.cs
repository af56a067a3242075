using JobServer.Data;
using JobServer.Data.Releases.Requests;
using JobServer.Domain.Access;
using JobServer.Domain.Releases.Requests;
using JobServer.Portal.Access;
using JobServer.Portal.Admin;
using JobServer.Portal.Releases.Reviews;
using JobServer.Portal.Ui;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace JobServer.Portal.Pages.Releases;

/// <summary>A request for release as its project sees it.</summary>
[RequiresPermission(Permission.RequestRelease)]
internal sealed class RequestModel(JobServerDb db, ReleaseRequestWrites requests, CommentWrites comments) : PageModel
{
    /// <summary>What the project says to its checkers.</summary>
    [BindProperty]
    public string? Said { get; set; }

    public bool IsOpen => Of.State is ReleaseRequestState.Submitted or ReleaseRequestState.Returned;

    public ReviewView Of { get; private set; } = null!;

    public async Task<IActionResult> OnGetAsync(int review, CancellationToken cancellationToken) =>
        await LoadAsync(review, cancellationToken) ? Page() : NotFound();

    public async Task<IActionResult> OnPostWithdrawAsync(int review, CancellationToken cancellationToken)
    {
        if (!await LoadAsync(review, cancellationToken))
        {
            return NotFound();
        }

        if (await requests.WithdrawAsync(review, HttpContext.Person()!.Id, cancellationToken))
        {
            TempData.Success("The request was withdrawn. Nothing of it is released.");
        }
        else
        {
            TempData.Warn("Nothing was withdrawn: the request had ended already.");
        }

        return LocalRedirect(ReviewLinks.Request(HttpContext.Organisation().Slug, HttpContext.Project().Slug, HttpContext.Workspace().Slug, review));
    }

    public async Task<IActionResult> OnPostSayAsync(int review, CancellationToken cancellationToken)
    {
        if (!await LoadAsync(review, cancellationToken))
        {
            return NotFound();
        }

        var text = Said?.Trim() ?? "";
        ModelState.Require(nameof(Said), text.Length is 0 or > ReleaseComment.TextMaxLength, $"Write something, in at most {ReleaseComment.TextMaxLength:N0} characters.");
        if (!ModelState.IsValid)
        {
            return Page();
        }

        if (await comments.SayAsync(review, HttpContext.Person()!.Id, isChecker: false, text, cancellationToken))
        {
            TempData.Success("The checkers of this request were told what you said.");
        }
        else
        {
            TempData.Warn("Nothing was said: the request has ended.");
        }

        return LocalRedirect(ReviewLinks.Request(HttpContext.Organisation().Slug, HttpContext.Project().Slug, HttpContext.Workspace().Slug, review));
    }

    private async Task<bool> LoadAsync(int number, CancellationToken cancellationToken)
    {
        if (await ReviewQueries.FindAsync(db, number, cancellationToken) is not { } found || found.WorkspaceId != HttpContext.Workspace().Id)
        {
            return false;
        }

        Of = found;
        return true;
    }
}
