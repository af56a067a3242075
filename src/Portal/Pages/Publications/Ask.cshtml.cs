using JobServer.Data;
using JobServer.Data.Releases;
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

/// <summary>Freezes the latest released files and asks that everybody may see them.</summary>
[RequiresPermission(Permission.RequestPublication)]
internal sealed class AskModel(JobServerDb db, PublicationWrites publications) : PageModel
{
    /// <summary>Fewer than a form may have fields.</summary>
    public const int MostListed = 500;

    private const int ReasonMinLength = 10;

    [BindProperty]
    public string? Title { get; set; }

    [BindProperty]
    public string? Reason { get; set; }

    /// <summary>Ids of files that stay private.</summary>
    [BindProperty]
    public List<string> LeftOut { get; set; } = [];

    /// <summary>Which list of files the person saw.</summary>
    [BindProperty]
    public string? Seen { get; set; }

    public IReadOnlyList<ReleasedFile> Files { get; private set; } = [];

    /// <summary>The publication that waits already.</summary>
    public int? Open { get; private set; }

    public async Task OnGetAsync(CancellationToken cancellationToken) => await LoadAsync(cancellationToken);

    public async Task<IActionResult> OnPostAsync(CancellationToken cancellationToken)
    {
        var (title, reason) = (Title?.Trim() ?? "", Reason?.Trim() ?? "");
        ModelState.Require(nameof(Title), title.Length is 0 or > Publication.TitleMaxLength, $"Give a title of at most {Publication.TitleMaxLength} characters.");
        ModelState.Require(nameof(Reason), reason.Length is < ReasonMinLength or > Publication.ReasonMaxLength, $"Say why, in {ReasonMinLength} to {Publication.ReasonMaxLength:N0} characters.");
        if (ModelState.IsValid)
        {
            var ask = new AskForPublication(HttpContext.Workspace().Id, HttpContext.Person()!.Id, title, reason, LeftOut.ToHashSet(StringComparer.Ordinal), Seen ?? "");
            switch (await publications.AskAsync(ask, cancellationToken))
            {
                case AskForPublicationOutcome.Asked asked:
                    TempData.Success("You asked for publication. An Output Publisher decides, and you get a message.");
                    return LocalRedirect(PublicationLinks.Page(HttpContext.Organisation().Slug, HttpContext.Project().Slug, HttpContext.Workspace().Slug, asked.PublicationId));
                case AskForPublicationOutcome.NoFiles:
                    ModelState.AddProblem(nameof(LeftOut), "Every file is left out. Keep at least one.");
                    break;
                case AskForPublicationOutcome.FilesChanged:
                    ModelState.AddProblem(nameof(LeftOut), "Nothing was asked for: a file was released or deleted while you had this page open. This is the list as it is now.");
                    break;
            }
        }

        await LoadAsync(cancellationToken);
        return Page();
    }

    private async Task LoadAsync(CancellationToken cancellationToken)
    {
        var workspaceId = HttpContext.Workspace().Id;
        Open = await db.Publications.Where(row => row.WorkspaceId == workspaceId && row.State == PublicationState.Requested)
            .Select(row => (int?)row.Id).FirstOrDefaultAsync(cancellationToken);
        Files = await LatestFiles.Of(db, workspaceId).AsNoTracking().Where(file => file.DeletedAt == null)
            .OrderBy(file => file.Path).Views().ToListAsync(cancellationToken);
        Seen = LatestFiles.Fingerprint(Files.Select(file => file.Id));
        ModelState.Remove(nameof(Seen));
    }
}
