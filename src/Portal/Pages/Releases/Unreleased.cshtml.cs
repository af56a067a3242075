using JobServer.Data;
using JobServer.Domain.Access;
using JobServer.Portal.Access;
using JobServer.Portal.Releases.Unreleased;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace JobServer.Portal.Pages.Releases;

/// <summary>The files that were not released, each with the reason.</summary>
[RequiresPermission(Permission.RequestRelease)]
internal sealed class UnreleasedModel(JobServerDb db) : PageModel
{
    public IReadOnlyList<UnreleasedFile> Files { get; private set; } = [];

    public bool HasMore { get; private set; }

    public async Task OnGetAsync(CancellationToken cancellationToken)
    {
        var files = await UnreleasedFiles.ReadAsync(db, HttpContext.Workspace().Id, cancellationToken);
        HasMore = files.Count > UnreleasedFiles.MaxListed;
        Files = [.. files.Take(UnreleasedFiles.MaxListed)];
    }
}
