using JobServer.Data;
using JobServer.Data.Releases;
using JobServer.Domain.Access;
using JobServer.Domain.Backends;
using JobServer.Portal.Access;
using JobServer.Portal.Releases;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;

namespace JobServer.Portal.Pages.Releases;

/// <summary>
/// The releases of a workspace. That and when files were released is public; which files and how many is for those who
/// may see them.
/// </summary>
[RequiresPermission(Permission.ViewPublicPages)]
internal sealed class IndexModel(JobServerDb db) : PageModel
{
    /// <summary>Files under one <em>List</em>; the release's own page has all.</summary>
    public const int MaxListed = 100;
    private const int PerPage = 20;
    private const int MaxFiles = 5_000;

    public int Number { get; private set; } = 1;

    public int Pages { get; private set; } = 1;

    public IReadOnlyList<ReleaseSummary> Releases { get; private set; } = [];

    public int LatestCount { get; private set; }

    /// <summary>The first of them; null when there are none, they may not be seen, or this is not the first page.</summary>
    public IReadOnlyList<ReleasedFile>? Latest { get; private set; }

    public ILookup<string, ReleasedFile> Files { get; private set; } = Array.Empty<ReleasedFile>().ToLookup(file => file.ReleaseId);

    public bool MaySeeFiles => HttpContext.May(Permission.ViewReleasedFiles);

    public bool MaySeePeople => HttpContext.May(Permission.ViewPeopleAndMessages);

    public string WhyNoFiles => HttpContext.WhyNot(Permission.ViewReleasedFiles);

    public static Permission DeletePermission(ReleasePolicy policy) =>
        policy is ReleasePolicy.Automatic ? Permission.RedactAutomaticallyReleasedFiles : Permission.RedactFiles;

    // Named as a query value: "page" is also a route value of every page.
    public async Task OnGetAsync([FromQuery(Name = "page")] int number, CancellationToken cancellationToken)
    {
        var workspaceId = HttpContext.Workspace().Id;
        var releases = db.Releases.AsNoTracking().Where(release => release.WorkspaceId == workspaceId);
        var count = await releases.CountAsync(cancellationToken);
        Pages = Math.Max(1, (count + PerPage - 1) / PerPage);
        Number = Math.Clamp(number, 1, Pages);
        Releases = await releases.OrderByDescending(release => release.CreatedAt).ThenByDescending(release => release.Id)
            .Skip((Number - 1) * PerPage).Take(PerPage)
            .Summaries().ToListAsync(cancellationToken);
        if (!MaySeeFiles || Releases.Count == 0)
        {
            return;
        }

        if (Number == 1)
        {
            var latest = LatestFiles.Of(db, workspaceId).AsNoTracking();
            LatestCount = await latest.CountAsync(cancellationToken);
            Latest = await latest.OrderBy(file => file.Path).Take(MaxListed).Views().ToListAsync(cancellationToken);
        }

        var shown = Releases.Select(release => release.Id).ToList();
        var files = await db.ReleaseFiles.AsNoTracking().Where(file => shown.Contains(file.ReleaseId))
            .OrderByDescending(file => file.CreatedAt).ThenBy(file => file.Path)
            .Take(MaxFiles).Views().ToListAsync(cancellationToken);
        Files = files.ToLookup(file => file.ReleaseId);
    }
}
