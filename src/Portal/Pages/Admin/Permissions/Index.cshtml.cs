using System.Text;
using JobServer.Data;
using JobServer.Domain.Access;
using JobServer.Portal.Access;
using JobServer.Portal.Access.Explaining;
using JobServer.Portal.Admin;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;

namespace JobServer.Portal.Pages.Admin.Permissions;

/// <summary>What each role allows, and why somebody may not do something. Everybody reads it for themselves, admins for all.</summary>
[RequiresPermission(Permission.ReadOwnRights)]
internal sealed class IndexModel(JobServerDb db, AccessExplainer explainer) : PageModel
{
    /// <summary>What somebody would do.</summary>
    [BindProperty(SupportsGet = true)]
    public Permission? Why { get; set; }

    /// <summary>As in its address: <c>org/project</c>.</summary>
    [BindProperty(SupportsGet = true)]
    public string? Project { get; set; }

    /// <summary>A backend's slug.</summary>
    [BindProperty(SupportsGet = true)]
    public string? Backend { get; set; }

    /// <summary>A login; only admins ask about others.</summary>
    [BindProperty(SupportsGet = true)]
    public string? Person { get; set; }

    public bool SeesAll => HttpContext.May(Permission.OpenAdminArea);

    public bool AsksAboutOthers => HttpContext.May(Permission.ViewAdminLists);

    public IReadOnlyList<MatrixColumn> Columns { get; private set; } = [];

    /// <summary>Null where nothing was asked, or not understood.</summary>
    public IReadOnlyList<AccessStep>? Steps { get; private set; }

    public string Of { get; private set; } = "";

    public IReadOnlyList<(string Slug, string Name)> Backends { get; private set; } = [];

    public async Task OnGetAsync(CancellationToken cancellationToken)
    {
        Columns = await ColumnsAsync(cancellationToken);
        Backends = [.. (await db.Backends.AsNoTracking().OrderBy(backend => backend.Name).Select(backend => new { backend.Slug, backend.Name }).ToListAsync(cancellationToken))
            .Select(backend => (backend.Slug, backend.Name))];
        if (ModelState[nameof(Why)] is { Errors.Count: > 0 })
        {
            ModelState.Remove(nameof(Why));
            ModelState.AddModelError(nameof(Why), "Choose an act of the list.");
        }
        else if (Why is { } why && Enum.IsDefined(why))
        {
            await ExplainAsync(why, cancellationToken);
        }
    }

    public async Task<IActionResult> OnGetCsvAsync(CancellationToken cancellationToken) =>
        File(Encoding.UTF8.GetBytes(PermissionCsv.Of(await ColumnsAsync(cancellationToken))), "text/csv; charset=utf-8", "permissions.csv");

    private async Task ExplainAsync(Permission why, CancellationToken cancellationToken)
    {
        var me = HttpContext.Person()!;
        int? person = me.Id;
        Of = "you";
        if (AsksAboutOthers && Person?.Trim() is { Length: > 0 } login && !string.Equals(login, me.Login, StringComparison.OrdinalIgnoreCase))
        {
            var found = await db.Users.AsNoTracking().Where(user => user.Login == login).Select(user => new { user.Id, user.FullName }).SingleOrDefaultAsync(cancellationToken);
            if (found is null)
            {
                ModelState.AddModelError(nameof(Person), "Nobody here has this login. Write it as GitHub does.");
            }

            (person, Of) = (found?.Id, found?.FullName ?? "");
        }

        var project = await ProjectIdAsync(cancellationToken);
        var slug = Backend?.Trim();
        int? backend = slug is { Length: > 0 }
            ? await db.Backends.AsNoTracking().Where(row => row.Slug == slug).Select(row => (int?)row.Id).SingleOrDefaultAsync(cancellationToken)
            : null;
        if (backend is null && slug is { Length: > 0 })
        {
            ModelState.AddModelError(nameof(Backend), "There is no backend of this name. Choose one of the list.");
        }

        if (ModelState.ErrorCount == 0)
        {
            Steps = await explainer.ExplainAsync(new AccessQuestion(why, person, project, backend), cancellationToken);
        }
    }

    private async Task<int?> ProjectIdAsync(CancellationToken cancellationToken)
    {
        if (Project?.Trim().Trim('/') is not { Length: > 0 } address)
        {
            return null;
        }

        var words = address.Split('/');
        var (org, slug) = (words[0], words.ElementAtOrDefault(1) ?? "");
        var found = words.Length == 2
            ? await db.Projects.AsNoTracking().Where(row => row.Slug == slug && row.Organisation!.Slug == org).Select(row => (int?)row.Id).SingleOrDefaultAsync(cancellationToken)
            : null;
        if (found is null)
        {
            ModelState.AddModelError(nameof(Project), "There is no project at this address. Write it as its address does: organisation/project.");
        }

        return found;
    }

    /// <summary>Whoever is no admin sees the roles that they hold somewhere.</summary>
    private async Task<IReadOnlyList<MatrixColumn>> ColumnsAsync(CancellationToken cancellationToken)
    {
        if (SeesAll)
        {
            return PermissionMatrix.Columns;
        }

        var me = HttpContext.Person()!;
        var inProjects = await db.ProjectMemberships.AsNoTracking().Where(member => member.UserId == me.Id)
            .SelectMany(member => member.Roles.Select(role => role.Role)).Distinct().ToListAsync(cancellationToken);
        return PermissionMatrix.ColumnsOf(inProjects.Union(me.Roles).ToHashSet());
    }
}
