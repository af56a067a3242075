using JobServer.Data;
using JobServer.Data.Releases.Requests;
using JobServer.Domain.Access;
using JobServer.Domain.Releases.Requests;
using JobServer.Portal.Access;
using JobServer.Portal.Admin;
using JobServer.Portal.Releases;
using JobServer.Portal.Releases.Reviews;
using JobServer.Portal.Ui;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace JobServer.Portal.Pages.Reviews;

/// <summary>One request: its files, what was found in them, the version released before, and the checker's decisions.</summary>
[RequiresPermission(Permission.ViewUnreleasedOutputs)]
internal sealed class ReviewModel(JobServerDb db, ReviewWrites reviews, CommentWrites comments, ReviewPreviews previews, ReviewedCode code) : PageModel
{
    /// <summary>As the page shows it.</summary>
    [BindProperty]
    public int Turn { get; set; }

    [BindProperty]
    public ReviewReason? Reason { get; set; }

    [BindProperty]
    public string? Comment { get; set; }

    /// <summary>What a checker says to the author.</summary>
    [BindProperty]
    public string? Said { get; set; }

    public ReviewView Of { get; private set; } = null!;

    public ReviewFile? Selected { get; private set; }

    public PreviewView? Now { get; private set; }

    /// <summary>The version that was released before; null when there is none.</summary>
    public PreviewView? Before { get; private set; }

    /// <summary>When that was.</summary>
    public DateTimeOffset? ReleasedBefore { get; private set; }

    /// <summary>Where the code that made the selected file can be read, exactly as it ran; null where no code host shows it.</summary>
    public Uri? Code { get; private set; }

    /// <summary>Whether this checker decides: not on their own request, and not on one of their project.</summary>
    public bool IsChecker { get; private set; }

    public bool IsOpen => Of.State == ReleaseRequestState.Submitted;

    public async Task<IActionResult> OnGetAsync(int review, long? file, CancellationToken cancellationToken)
    {
        if (!await LoadAsync(review, file, cancellationToken))
        {
            return NotFound();
        }

        Turn = Of.Turn;
        return await ShowAsync(cancellationToken);
    }

    public async Task<IActionResult> OnPostVoteAsync(int review, long file, bool approve, CancellationToken cancellationToken)
    {
        if (await StopAsync(review, file, cancellationToken) is { } stop)
        {
            return stop;
        }

        var comment = Comment?.Trim() ?? "";
        ModelState.Require(nameof(Reason), !approve && (Reason is not { } chosen || !Enum.IsDefined(chosen)), "Choose why the file is rejected.");
        ModelState.Require(nameof(Comment), comment.Length > ReleaseVote.CommentMaxLength, $"The comment is {comment.Length} characters long; {ReleaseVote.CommentMaxLength} is the most.");
        if (!ModelState.IsValid)
        {
            return await ShowAsync(cancellationToken);
        }

        var vote = new VoteOnFile(review, Turn, file, HttpContext.Person()!.Id, approve, approve ? null : Reason, comment);
        return Answer(await reviews.VoteAsync(vote, cancellationToken), approve ? "approved" : "rejected");
    }

    public async Task<IActionResult> OnPostReturnAsync(int review, CancellationToken cancellationToken)
    {
        if (await StopAsync(review, null, cancellationToken) is { } stop)
        {
            return stop;
        }

        var comment = Comment?.Trim() ?? "";
        ModelState.Require(nameof(Comment), comment.Length is 0 or > ReleaseComment.TextMaxLength, "Say what must change, in at most 4,000 characters.");
        return ModelState.IsValid
            ? Answer(await reviews.ReturnAsync(review, Turn, HttpContext.Person()!.Id, comment, cancellationToken), "returned")
            : await ShowAsync(cancellationToken);
    }

    /// <summary>Asks or tells the project something, without sending the request back.</summary>
    public async Task<IActionResult> OnPostSayAsync(int review, long? file, CancellationToken cancellationToken)
    {
        if (await StopAsync(review, file, cancellationToken) is { } stop)
        {
            return stop;
        }

        if (!IsChecker)
        {
            return Answer(ReviewOutcome.NotTheirs, "");
        }

        var text = Said?.Trim() ?? "";
        ModelState.Require(nameof(Said), text.Length is 0 or > ReleaseComment.TextMaxLength, $"Write something, in at most {ReleaseComment.TextMaxLength:N0} characters.");
        if (!ModelState.IsValid)
        {
            return await ShowAsync(cancellationToken);
        }

        if (await comments.SayAsync(review, HttpContext.Person()!.Id, isChecker: true, text, cancellationToken))
        {
            TempData.Success("The author was told what you said.");
        }
        else
        {
            TempData.Warn("Nothing was said: the request has ended.");
        }

        return LocalRedirect(Selected is { } selected ? ReviewLinks.Review(review, selected.Id) : ReviewLinks.Review(review));
    }

    /// <returns>Null when this person may decide on the request.</returns>
    private async Task<IActionResult?> StopAsync(int review, long? file, CancellationToken cancellationToken)
    {
        if (this.Refuse(Permission.DecideReleases) is { } refusal)
        {
            return refusal;
        }

        return await LoadAsync(review, file, cancellationToken) ? null : NotFound();
    }

    private LocalRedirectResult Answer(ReviewOutcome outcome, string what)
    {
        switch (outcome)
        {
            case ReviewOutcome.Recorded:
                TempData.Success($"You {what} the file.");
                break;
            case ReviewOutcome.Released:
                TempData.Success("That was the last decision: what two checkers approved is released, and the author was told.");
                break;
            case ReviewOutcome.Rejected:
                TempData.Success("That was the last decision: every file was rejected, and the author was told.");
                break;
            case ReviewOutcome.Returned:
                TempData.Success("The request went back to its author, who was told.");
                break;
            case ReviewOutcome.NotTheirs:
                TempData.Warn("Nothing was decided: you asked for it or belong to the project, so others decide.");
                break;
            case ReviewOutcome.ChangedMeanwhile:
                TempData.Warn("Nothing was decided: the request was returned, withdrawn, changed or ended while you had this page open. Look at it again.");
                break;
        }

        var next = Of.Files.SkipWhile(row => row.Id != Selected?.Id).Skip(1).FirstOrDefault();
        return LocalRedirect(outcome == ReviewOutcome.Recorded && next is not null ? ReviewLinks.Review(Of.Number, next.Id) : ReviewLinks.Review(Of.Number));
    }

    private async Task<bool> LoadAsync(int number, long? fileId, CancellationToken cancellationToken)
    {
        if (await ReviewQueries.FindAsync(db, number, cancellationToken) is not { } found)
        {
            return false;
        }

        Of = found;
        IsChecker = await ReviewAccess.IsCheckerAsync(db, found, HttpContext.Person()!.Id, cancellationToken);
        Selected = fileId is { } id ? found.Files.FirstOrDefault(row => row.Id == id) : found.Files.Count > 0 ? found.Files[0] : null;
        if (fileId is not null && Selected is null)
        {
            return false;
        }

        return true;
    }

    /// <summary>The page with the files' content; what only answers a form does without.</summary>
    private async Task<PageResult> ShowAsync(CancellationToken cancellationToken)
    {
        if (IsChecker && Selected is { } file)
        {
            (Now, Before, ReleasedBefore) = await previews.ReadAsync(Of, file, ViewerChoice.RowNumber(Request.Query["row"]), cancellationToken);
            Code = await code.FindAsync(Of.WorkspaceId, file.Origin, cancellationToken);
        }

        return Page();
    }
}
