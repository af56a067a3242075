using JobServer.Data;
using JobServer.Data.Audit;
using JobServer.Data.Releases;
using JobServer.Data.Writing;
using JobServer.Domain.Access;
using JobServer.Domain.Backends;
using JobServer.Domain.Releases;
using JobServer.Portal.Access;
using JobServer.Portal.Releases;
using JobServer.Portal.Ui;
using JobServer.Portal.Workspaces;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;

namespace JobServer.Portal.Pages.Releases;

/// <summary>Asks why a released file shall go, then takes it away. Who may depends on how it was released.</summary>
[RequiresPermission(Permission.ViewReleasedFiles)]
internal sealed class DeleteModel(JobServerDb db, DatabaseWriter writer, AuditLog audit, TimeProvider timeProvider) : PageModel
{
    public const int ReasonMaxLength = ReleaseFile.ReasonMaxLength;

    [BindProperty]
    public string? Reason { get; set; }

    public ReleasedFile Target { get; private set; } = null!;

    public string Back => WorkspaceLinks.Releases(HttpContext.Organisation().Slug, HttpContext.Project().Slug, HttpContext.Workspace().Slug);

    public async Task<IActionResult> OnGetAsync(string release, string file, CancellationToken cancellationToken) =>
        await StopAsync(release, file, cancellationToken) ?? Page();

    public async Task<IActionResult> OnPostAsync(string release, string file, CancellationToken cancellationToken)
    {
        if (await StopAsync(release, file, cancellationToken) is { } stop)
        {
            return stop;
        }

        var reason = Reason?.Trim() ?? "";
        if (reason.Length is 0 or > ReasonMaxLength)
        {
            ModelState.AddModelError(
                nameof(Reason),
                reason.Length == 0 ? "Say why the file is deleted." : $"The reason is {reason.Length} characters long; {ReasonMaxLength} is the most.");
            return Page();
        }

        var now = timeProvider.GetUtcNow();
        var userId = HttpContext.Person()!.Id;
        var policies = Enum.GetValues<ReleasePolicy>().Where(policy => HttpContext.May(IndexModel.DeletePermission(policy))).ToList();
        var deleted = await writer.RunAsync(
            (data, token) => Redaction.DeleteAsync(data, audit, Target.Id, policies, userId, reason, now, token), cancellationToken);
        return Done(deleted);
    }

    /// <summary>What to answer where the file cannot be deleted; null where it can.</summary>
    private async Task<IActionResult?> StopAsync(string release, string file, CancellationToken cancellationToken)
    {
        var workspaceId = HttpContext.Workspace().Id;
        var (releaseId, fileId) = (ReleaseIds.Read(release), ReleaseIds.Read(file));
        var found = await db.ReleaseFiles.AsNoTracking()
            .Where(row => row.Id == fileId && row.ReleaseId == releaseId && row.WorkspaceId == workspaceId)
            .Views().SingleOrDefaultAsync(cancellationToken);
        if (found is null)
        {
            return NotFound();
        }

        Target = found;
        var permission = IndexModel.DeletePermission(found.Policy);
        if (this.Refuse(permission) is { } refusal)
        {
            return refusal;
        }

        return found.Deleted is null ? null : Done(deleted: 0);
    }

    private LocalRedirectResult Done(int deleted)
    {
        if (deleted > 0)
        {
            TempData.Success(deleted == 1
                ? "The file was deleted. It can no longer be viewed or downloaded."
                : $"The file was deleted, with {deleted - 1} {(deleted == 2 ? "copy" : "copies")} of the same content. None of them can be viewed or downloaded any more.");
        }
        else
        {
            TempData.Warn("The file was already deleted.");
        }

        return LocalRedirect(Back);
    }
}
