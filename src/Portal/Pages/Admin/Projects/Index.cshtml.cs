using System.Globalization;
using JobServer.Data;
using JobServer.Domain.Access;
using JobServer.Domain.Projects;
using JobServer.Portal.Access;
using JobServer.Portal.Admin;
using JobServer.Portal.Workspaces;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;

namespace JobServer.Portal.Pages.Admin.Projects;

[RequiresPermission(Permission.ViewAdminLists)]
internal sealed class IndexModel(JobServerDb db) : PageModel
{
    /// <summary>The filter for projects without an organisation.</summary>
    public const string None = "none";

    public string Search { get; private set; } = "";

    /// <summary><see cref="None"/>, the number of one, or empty.</summary>
    public string Organisation { get; private set; } = "";

    public ProjectStatus? Status { get; private set; }

    public bool IsFiltered => Search.Length > 0 || Organisation.Length > 0 || Status is not null;

    public IReadOnlyList<Choice> Organisations { get; private set; } = [];

    public Paging Paging { get; private set; } = Paging.None;

    public IReadOnlyList<Row> Rows { get; private set; } = [];

    public async Task OnGetAsync(string? q, string? organisation, string? status, [FromQuery(Name = "page")] int number, CancellationToken cancellationToken)
    {
        Search = SearchText.Of(q);
        Status = Enum.GetValues<ProjectStatus>().Where(value => SnakeCase.Of(value) == status).Select(value => (ProjectStatus?)value).FirstOrDefault();
        Organisations = await db.Organisations.AsNoTracking().OrderBy(row => row.Name).Select(row => new Choice(row.Id, row.Name)).ToListAsync(cancellationToken);
        Organisation = organisation == None || Organisations.Any(choice => choice.Id.ToString(CultureInfo.InvariantCulture) == organisation) ? organisation! : "";
        var rows = Matching();
        Paging = Paging.Of(await rows.CountAsync(cancellationToken), number);
        Rows = await rows.OrderBy(row => row.Number == null).ThenBy(row => row.Number!.Length).ThenBy(row => row.Number).ThenBy(row => row.Name)
            .Skip(Paging.Skip).Take(Paging.Size)
            .Select(row => new Row
            {
                Id = row.Id,
                Name = row.Name,
                Slug = row.Slug,
                Number = row.Number,
                Organisation = row.Organisation!.Name,
                Status = row.Status,
                Members = row.Memberships.Count,
                Workspaces = row.Workspaces.Count,
            })
            .ToListAsync(cancellationToken);
    }

    private IQueryable<Project> Matching()
    {
        var rows = db.Projects.AsNoTracking();
        if (Search.Length > 0)
        {
            var pattern = LikePattern.Containing(Search);
            rows = rows.Where(row => EF.Functions.Like(row.Name, pattern, LikePattern.Escape)
                || EF.Functions.Like(row.Slug, pattern, LikePattern.Escape)
                || EF.Functions.Like(row.Number!, pattern, LikePattern.Escape));
        }

        if (Status is { } status)
        {
            rows = rows.Where(row => row.Status == status);
        }

        if (Organisation.Length > 0)
        {
            int? wanted = Organisation == None ? null : int.Parse(Organisation, CultureInfo.InvariantCulture);
            rows = rows.Where(row => row.OrganisationId == wanted);
        }

        return rows;
    }

    internal sealed record Choice(int Id, string Name);

    internal sealed record Row
    {
        public required int Id { get; init; }

        public required string Name { get; init; }

        public required string Slug { get; init; }

        public required string? Number { get; init; }

        public required string? Organisation { get; init; }

        public required ProjectStatus Status { get; init; }

        public required int Members { get; init; }

        public required int Workspaces { get; init; }
    }
}
