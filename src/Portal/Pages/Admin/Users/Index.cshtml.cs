using JobServer.Data;
using JobServer.Domain.Access;
using JobServer.Domain.Users;
using JobServer.Portal.Access;
using JobServer.Portal.Admin;
using JobServer.Portal.Workspaces;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;

namespace JobServer.Portal.Pages.Admin.Users;

/// <summary>Everybody who ever signed in, and what each still lacks.</summary>
[RequiresPermission(Permission.ViewAdminLists)]
internal sealed class IndexModel(JobServerDb db) : PageModel
{
    public const string AnyRole = "any";
    public const string NoRole = "none";

    /// <summary>What can be missing, as in the address and as people read it.</summary>
    public static readonly IReadOnlyList<(string Value, string Name)> Lacks =
        [("backend", "a backend"), ("organisation", "an organisation"), ("project", "a project"), ("anything", "any of these")];

    public string Search { get; private set; } = "";

    /// <summary><see cref="AnyRole"/>, <see cref="NoRole"/>, a role, or empty.</summary>
    public string RoleFilter { get; private set; } = "";

    public int? Backend { get; private set; }

    public int? Organisation { get; private set; }

    public string Missing { get; private set; } = "";

    public bool IsFiltered => Search.Length > 0 || RoleFilter.Length > 0 || Backend is not null || Organisation is not null || Missing.Length > 0;

    public IReadOnlyList<Choice> Backends { get; private set; } = [];

    public IReadOnlyList<Choice> Organisations { get; private set; } = [];

    public IReadOnlyList<Row> Rows { get; private set; } = [];

    public Paging Paging { get; private set; } = Paging.None;

    public async Task OnGetAsync(
        string? q, string? role, int? backend, int? organisation, string? missing, [FromQuery(Name = "page")] int number, CancellationToken cancellationToken)
    {
        Search = SearchText.Of(q);
        Missing = Lacks.Select(lack => lack.Value).FirstOrDefault(value => value == missing) ?? "";
        Backends = await db.Backends.AsNoTracking().OrderBy(row => row.Name).Select(row => new Choice(row.Id, row.Name)).ToListAsync(cancellationToken);
        Organisations = await db.Organisations.AsNoTracking().OrderBy(row => row.Name).Select(row => new Choice(row.Id, row.Name)).ToListAsync(cancellationToken);
        Backend = Backends.Any(choice => choice.Id == backend) ? backend : null;
        Organisation = Organisations.Any(choice => choice.Id == organisation) ? organisation : null;
        var rows = WithMissing(WithPlaces(WithRole(Matching(db.Users.AsNoTracking()), role)));

        Paging = Paging.Of(await rows.CountAsync(cancellationToken), number);
        Rows = await rows.OrderBy(user => user.FullName).ThenBy(user => user.Id).Skip(Paging.Skip).Take(Paging.Size)
            .Select(user => new Row
            {
                Id = user.Id,
                Name = user.FullName,
                Login = user.Login,
                IsActive = user.IsActive,
                IsGone = user.GoneFromHostAt != null,
                Roles = user.Roles.Select(held => held.Role).ToList(),
                LacksBackend = !db.BackendMemberships.Any(member => member.UserId == user.Id),
                LacksOrganisation = !db.OrganisationMemberships.Any(member => member.UserId == user.Id),
                LacksProject = !db.ProjectMemberships.Any(member => member.UserId == user.Id),
            })
            .ToListAsync(cancellationToken);
    }

    private IQueryable<User> Matching(IQueryable<User> rows)
    {
        if (Search.Length == 0)
        {
            return rows;
        }

        // Who may not read addresses must not guess them letter by letter either.
        var pattern = LikePattern.Containing(Search);
        var withAddresses = HttpContext.May(Permission.ManageUsers);
        return rows.Where(user => EF.Functions.Like(user.FullName, pattern, LikePattern.Escape)
            || EF.Functions.Like(user.Login, pattern, LikePattern.Escape)
            || (withAddresses && (EF.Functions.Like(user.Email!, pattern, LikePattern.Escape)
                || EF.Functions.Like(user.NotificationsEmail!, pattern, LikePattern.Escape))));
    }

    private IQueryable<User> WithRole(IQueryable<User> rows, string? asked)
    {
        var role = Domain.Access.Roles.All.Where(value => SnakeCase.Of(value) == asked).Select(value => (Role?)value).FirstOrDefault();
        RoleFilter = role is not null || asked is AnyRole or NoRole ? asked! : "";
        return RoleFilter switch
        {
            "" => rows,
            AnyRole => rows.Where(user => user.Roles.Any() || db.ProjectMemberships.Any(member => member.UserId == user.Id && member.Roles.Any())),
            NoRole => rows.Where(user => !user.Roles.Any() && !db.ProjectMemberships.Any(member => member.UserId == user.Id && member.Roles.Any())),
            _ => rows.Where(user => user.Roles.Any(held => held.Role == role)
                || db.ProjectMemberships.Any(member => member.UserId == user.Id && member.Roles.Any(held => held.Role == role))),
        };
    }

    private IQueryable<User> WithPlaces(IQueryable<User> rows)
    {
        if (Backend is { } backend)
        {
            rows = rows.Where(user => db.BackendMemberships.Any(member => member.UserId == user.Id && member.BackendId == backend));
        }

        return Organisation is { } organisation
            ? rows.Where(user => db.OrganisationMemberships.Any(member => member.UserId == user.Id && member.OrganisationId == organisation))
            : rows;
    }

    private IQueryable<User> WithMissing(IQueryable<User> rows) => Missing switch
    {
        "backend" => rows.Where(user => !db.BackendMemberships.Any(member => member.UserId == user.Id)),
        "organisation" => rows.Where(user => !db.OrganisationMemberships.Any(member => member.UserId == user.Id)),
        "project" => rows.Where(user => !db.ProjectMemberships.Any(member => member.UserId == user.Id)),
        "anything" => rows.Where(user => !db.BackendMemberships.Any(member => member.UserId == user.Id)
            || !db.OrganisationMemberships.Any(member => member.UserId == user.Id)
            || !db.ProjectMemberships.Any(member => member.UserId == user.Id)),
        _ => rows,
    };

    internal sealed record Choice(int Id, string Name);

    internal sealed record Row
    {
        public required int Id { get; init; }

        public required string Name { get; init; }

        public required string Login { get; init; }

        public required bool IsActive { get; init; }

        public required bool IsGone { get; init; }

        public required List<Role> Roles { get; init; }

        public required bool LacksBackend { get; init; }

        public required bool LacksOrganisation { get; init; }

        public required bool LacksProject { get; init; }
    }
}
