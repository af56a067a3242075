using JobServer.Domain.Access;
using JobServer.Portal.Access;
using JobServer.Portal.Admin;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace JobServer.Portal.Pages.Admin;

/// <summary>The way into the parts of the admin area that the person may use, and one search over them.</summary>
[RequiresPermission(Permission.OpenAdminArea)]
internal sealed class IndexModel(AdminSearch finder) : PageModel
{
    private const int LongestSearch = 100;

    public string Search { get; private set; } = "";

    public IReadOnlyList<AdminFinds> Kinds { get; private set; } = [];

    public async Task OnGetAsync(string? q, CancellationToken cancellationToken)
    {
        var search = new string([.. (q ?? "").Where(letter => !char.IsControl(letter) && !char.IsSurrogate(letter))]).Trim();
        Search = search.Length > LongestSearch ? search[..LongestSearch] : search;
        Kinds = Search.Length == 0 ? [] : await finder.FindAsync(HttpContext, Search, cancellationToken);
    }
}
