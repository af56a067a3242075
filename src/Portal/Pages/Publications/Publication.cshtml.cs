using JobServer.Data;
using JobServer.Data.Releases.Publications;
using JobServer.Domain.Access;
using JobServer.Domain.Releases.Publications;
using JobServer.Portal.Access;
using JobServer.Portal.Admin;
using JobServer.Portal.Releases;
using JobServer.Portal.Releases.Publications;
using JobServer.Portal.Ui;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;

namespace JobServer.Portal.Pages.Publications;

/// <summary>A publication with its files: for everybody once it is published, before and after for those who may see released files.</summary>
[RequiresPermission(Permission.ViewPublishedFiles)]
internal sealed class PublicationModel(JobServerDb db, PublicationWrites publications, FilePreviews previews) : PageModel
{
    [BindProperty]
    public string? Comment { get; set; }

    /// <summary>Why it is taken back.</summary>
    [BindProperty]
    public string? Why { get; set; }

    public PublicationView Of { get; private set; } = null!;

    public ViewerView Viewer { get; private set; } = null!;

    public bool SeesAll => HttpContext.May(Permission.ViewReleasedFiles);

    /// <summary>It was public, and this reader never was more than the public.</summary>
    public bool IsGone => Of.State == PublicationState.Unpublished && !SeesAll;

    public bool Decides => Of.State == PublicationState.Requested && HttpContext.May(Permission.DecidePublication) && Of.AuthorId != HttpContext.Person()!.Id;

    public string WhyNotDecide => HttpContext.May(Permission.DecidePublication)
        ? "You asked for it, so another Output Publisher decides."
        : HttpContext.WhyNot(Permission.DecidePublication);

    public async Task<IActionResult> OnGetAsync(int publication, [FromQuery] ViewerChoice choice, CancellationToken cancellationToken)
    {
        if (!await LoadAsync(publication, choice, cancellationToken))
        {
            return NotFound();
        }

        // A reader who followed an old link learns that it was right once.
        Response.StatusCode = IsGone ? StatusCodes.Status410Gone : StatusCodes.Status200OK;
        return Page();
    }

    public async Task<IActionResult> OnPostDecideAsync(int publication, bool approve, CancellationToken cancellationToken)
    {
        if (await StopAsync(publication, Permission.DecidePublication, cancellationToken) is { } stop)
        {
            return stop;
        }

        var comment = Comment?.Trim() ?? "";
        ModelState.Require(nameof(Comment), comment.Length > Publication.ReasonMaxLength || (!approve && comment.Length == 0), $"Say why not, in at most {Publication.ReasonMaxLength:N0} characters.");
        if (!ModelState.IsValid)
        {
            return Page();
        }

        switch (await publications.DecideAsync(publication, HttpContext.Person()!.Id, approve, comment, cancellationToken))
        {
            case PublicationOutcome.Published:
                TempData.Success("The files are public now, and their project was told.");
                break;
            case PublicationOutcome.Rejected:
                TempData.Success("The files stay private, and their project was told.");
                break;
            case PublicationOutcome.OwnRequest:
                TempData.Warn("Nothing was decided: you asked for it, so another Output Publisher decides.");
                break;
            case PublicationOutcome.NotAPublisher:
                TempData.Warn("Nothing was decided: you are no Output Publisher any more.");
                break;
            case PublicationOutcome.NothingLeft:
                TempData.Warn("Nothing was published: every file of it was deleted.");
                break;
            case PublicationOutcome.ChangedMeanwhile:
                TempData.Warn("Nothing was decided: it was decided on or withdrawn while you had this page open.");
                break;
        }

        return LocalRedirect(Of.Address);
    }

    public async Task<IActionResult> OnPostWithdrawAsync(int publication, CancellationToken cancellationToken)
    {
        if (await StopAsync(publication, Permission.RequestPublication, cancellationToken) is { } stop)
        {
            return stop;
        }

        if (await publications.WithdrawAsync(publication, HttpContext.Person()!.Id, cancellationToken))
        {
            TempData.Success("The request was withdrawn. Nothing is published.");
        }
        else
        {
            TempData.Warn("Nothing was withdrawn: it was decided on already.");
        }

        return LocalRedirect(Of.Address);
    }

    public async Task<IActionResult> OnPostUnpublishAsync(int publication, CancellationToken cancellationToken)
    {
        if (await StopAsync(publication, Permission.DecidePublication, cancellationToken) is { } stop)
        {
            return stop;
        }

        var why = Why?.Trim() ?? "";
        ModelState.Require(nameof(Why), why.Length is 0 or > Publication.ReasonMaxLength, $"Say why the files are taken back, in at most {Publication.ReasonMaxLength:N0} characters.");
        if (!ModelState.IsValid)
        {
            return Page();
        }

        if (await publications.UnpublishAsync(publication, HttpContext.Person()!.Id, why, cancellationToken))
        {
            TempData.Success("The files are no longer public, and their project was told.");
        }
        else
        {
            TempData.Warn("Nothing was taken back: it is not public.");
        }

        return LocalRedirect(Of.Address);
    }

    private async Task<IActionResult?> StopAsync(int number, Permission permission, CancellationToken cancellationToken) =>
        this.Refuse(permission) ?? (await LoadAsync(number, new ViewerChoice(null, null, null), cancellationToken) ? null : NotFound());

    /// <returns>False where there is nothing that this reader may know of.</returns>
    private async Task<bool> LoadAsync(int number, ViewerChoice choice, CancellationToken cancellationToken)
    {
        var workspace = HttpContext.Workspace();
        var found = await db.Publications.AsNoTracking().Where(row => row.Id == number && row.WorkspaceId == workspace.Id).Views().SingleOrDefaultAsync(cancellationToken);
        if (found is null || (!SeesAll && found.State is not (PublicationState.Published or PublicationState.Unpublished)))
        {
            return false;
        }

        Of = found;
        if (IsGone)
        {
            return true;
        }

        var files = await PublicationQueries.FilesAsync(db, number, forPublic: !SeesAll, cancellationToken);
        if (await ViewerView.MakeAsync(found.Address, workspace.Slug, files, choice, previews, cancellationToken) is not { } viewer)
        {
            return false;
        }

        Viewer = viewer;
        return true;
    }
}
