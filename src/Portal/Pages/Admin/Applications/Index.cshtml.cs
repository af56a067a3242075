using JobServer.Data;
using JobServer.Domain.Access;
using JobServer.Domain.Applications;
using JobServer.Portal.Access;
using JobServer.Portal.Applications;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace JobServer.Portal.Pages.Admin.Applications;

/// <summary>What people applied for, to find what waits for a review or a decision.</summary>
[RequiresPermission(Permission.ReadApplications)]
internal sealed class IndexModel(ApplicationList applications) : PageModel
{
    public const string WithProject = "with";
    public const string WithoutProject = "without";

    private const int LongestSearch = 100;

    public ApplicationFilter Filter { get; private set; } = new();

    public IReadOnlyList<ApplicationListRow> Rows { get; private set; } = [];

    public int Count { get; private set; }

    public int Number { get; private set; } = 1;

    public int Pages { get; private set; } = 1;

    // Named as a query value: "page" is also a route value of every page.
    public async Task OnGetAsync(
        string? q, string? status, string? missing, string? project, [FromQuery(Name = "page")] int number, CancellationToken cancellationToken)
    {
        var search = new string([.. (q ?? "").Where(letter => !char.IsControl(letter) && !char.IsSurrogate(letter))]).Trim();
        Filter = new ApplicationFilter
        {
            Search = search.Length > LongestSearch ? search[..LongestSearch] : search,
            Status = Find<ApplicationStatus>(status),
            Missing = Find<DecisionKind>(missing),
            HasProject = project switch
            {
                WithProject => true,
                WithoutProject => false,
                _ => null,
            },
        };
        Count = await applications.CountAsync(Filter, cancellationToken);
        Pages = Math.Max(1, (Count + ApplicationList.PerPage - 1) / ApplicationList.PerPage);
        Number = Math.Clamp(number, 1, Pages);
        Rows = await applications.PageAsync(Filter, Number, cancellationToken);
    }

    /// <summary>By the name that is written in addresses and rows.</summary>
    private static TEnum? Find<TEnum>(string? name)
        where TEnum : struct, Enum
    {
        foreach (var value in Enum.GetValues<TEnum>())
        {
            if (string.Equals(SnakeCase.Of(value), name, StringComparison.Ordinal))
            {
                return value;
            }
        }

        return null;
    }
}
