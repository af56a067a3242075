using JobServer.Data;
using JobServer.Domain.Access;
using JobServer.Portal.Access;
using JobServer.Portal.Workspaces;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;

namespace JobServer.Portal.Pages;

/// <summary>All organisations of the site.</summary>
[RequiresPermission(Permission.ViewPublicPages)]
internal sealed class OrgsModel(JobServerDb db) : PageModel
{
    private const int Most = 200;

    [BindProperty(SupportsGet = true, Name = "q")]
    public string? Search { get; set; }

    public bool IsSearch => Search?.Trim() is { Length: > 0 };

    public IReadOnlyList<Row> Organisations { get; private set; } = [];

    public bool HasMore { get; private set; }

    public async Task OnGetAsync(CancellationToken cancellationToken)
    {
        var me = HttpContext.Person()?.Id;
        var organisations = db.Organisations.AsNoTracking();
        if (IsSearch)
        {
            var pattern = LikePattern.Containing(Search!.Trim());
            organisations = organisations.Where(organisation =>
                EF.Functions.Like(organisation.Name, pattern, LikePattern.Escape) || EF.Functions.Like(organisation.Slug, pattern, LikePattern.Escape));
        }

        var found = await organisations
            .OrderByDescending(organisation => organisation.Memberships.Any(member => member.UserId == me))
            .ThenBy(organisation => organisation.Name)
            .Take(Most + 1)
            .Select(organisation => new Row(
                organisation.Name, organisation.Slug, organisation.Description, organisation.Projects.Count,
                organisation.Memberships.Any(member => member.UserId == me)))
            .ToListAsync(cancellationToken);
        HasMore = found.Count > Most;
        Organisations = [.. found.Take(Most)];
    }

    internal sealed record Row(string Name, string Slug, string Description, int Projects, bool IsMine);
}
