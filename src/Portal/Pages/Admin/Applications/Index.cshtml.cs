using JobServer.Data;
using JobServer.Domain.Access;
using JobServer.Domain.Applications;
using JobServer.Portal.Access;
using JobServer.Portal.Admin;
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

    public ApplicationFilter Filter { get; private set; } = new();

    public IReadOnlyList<ApplicationListRow> Rows { get; private set; } = [];

    public Paging Paging { get; private set; } = Paging.None;

    // Named as a query value: "page" is also a route value of every page.
    public async Task OnGetAsync(
        string? q, string? status, string? missing, string? project, [FromQuery(Name = "page")] int number, CancellationToken cancellationToken)
    {
        Filter = new ApplicationFilter
        {
            Search = SearchText.Of(q),
            Status = Find<ApplicationStatus>(status),
            Missing = Find<DecisionKind>(missing),
            HasProject = project switch
            {
                WithProject => true,
                WithoutProject => false,
                _ => null,
            },
        };
        Paging = Paging.Of(await applications.CountAsync(Filter, cancellationToken), number);
        Rows = await applications.PageAsync(Filter, Paging, cancellationToken);
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
