using JobServer.Domain.Access;
using JobServer.Portal.Access;
using JobServer.Portal.Admin;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace JobServer.Portal.Pages.Admin;

/// <summary>The way into the parts of the admin area that the person may use, and one search over them.</summary>
[RequiresPermission(Permission.OpenAdminArea)]
internal sealed class IndexModel(AdminSearch finder) : PageModel
{
    public string Search { get; private set; } = "";

    public IReadOnlyList<AdminFinds> Kinds { get; private set; } = [];

    public async Task OnGetAsync(string? q, CancellationToken cancellationToken)
    {
        Search = SearchText.Of(q);
        Kinds = Search.Length == 0 ? [] : await finder.FindAsync(HttpContext, Search, cancellationToken);
    }
}
