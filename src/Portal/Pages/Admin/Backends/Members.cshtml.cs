using JobServer.Data;
using JobServer.Data.Backends;
using JobServer.Domain.Access;
using JobServer.Portal.Access;
using JobServer.Portal.Workspaces;
using JobServer.Portal.Admin;
using JobServer.Portal.Ui;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;

namespace JobServer.Portal.Pages.Admin.Backends;

/// <summary>Who may run jobs at a backend.</summary>
[RequiresPermission(Permission.ViewAdminLists)]
internal sealed class MembersModel(JobServerDb db, BackendMemberWrites members) : PageModel
{
    private const int Size = 25;
    private const int MostFound = 10;
    private const int LongestSearch = 100;

    public int Id { get; private set; }

    public string Name { get; private set; } = "";

    public string Search { get; private set; } = "";

    public IReadOnlyList<Row> Rows { get; private set; } = [];

    /// <summary>People who match the search and do not belong to it.</summary>
    public IReadOnlyList<Row> Found { get; private set; } = [];

    public int Number { get; private set; } = 1;

    public int Pages { get; private set; } = 1;

    public int Count { get; private set; }

    public async Task<IActionResult> OnGetAsync(int id, string? q, [FromQuery(Name = "page")] int number, CancellationToken cancellationToken)
    {
        if (await db.Backends.AsNoTracking().Where(row => row.Id == id).Select(row => row.Name).SingleOrDefaultAsync(cancellationToken) is not { } name)
        {
            return NotFound();
        }

        (Id, Name) = (id, name);
        var search = new string([.. (q ?? "").Where(letter => !char.IsControl(letter) && !char.IsSurrogate(letter))]).Trim();
        Search = search.Length > LongestSearch ? search[..LongestSearch] : search;
        var rows = db.BackendMemberships.AsNoTracking().Where(row => row.BackendId == id);
        Count = await rows.CountAsync(cancellationToken);
        Pages = Math.Max(1, (Count + Size - 1) / Size);
        Number = Math.Clamp(number, 1, Pages);
        Rows = await rows.OrderBy(row => row.User.FullName).ThenBy(row => row.UserId).Skip((Number - 1) * Size).Take(Size)
            .Select(row => new Row(row.UserId, row.User.FullName, row.User.Login)).ToListAsync(cancellationToken);
        if (Search.Length > 0)
        {
            var pattern = LikePattern.Containing(Search);
            Found = await db.Users.AsNoTracking()
                .Where(user => user.IsActive && (EF.Functions.Like(user.FullName, pattern, LikePattern.Escape) || EF.Functions.Like(user.Login, pattern, LikePattern.Escape)))
                .Where(user => !db.BackendMemberships.Any(row => row.BackendId == id && row.UserId == user.Id))
                .OrderBy(user => user.FullName).ThenBy(user => user.Id).Take(MostFound)
                .Select(user => new Row(user.Id, user.FullName, user.Login)).ToListAsync(cancellationToken);
        }

        return Page();
    }

    public async Task<IActionResult> OnPostAddAsync(int id, int user, CancellationToken cancellationToken)
    {
        if (HttpContext.Refusal(Permission.AddPeopleToBackends) is { } refusal)
        {
            return refusal;
        }

        Tell(await members.AddAsync(id, user, HttpContext.Person()!.Id, cancellationToken), "The person may run jobs here now, with the role for it in a project.", "belongs to it already, or is not there any more");
        return LocalRedirect(AdminLinks.BackendMembers(id));
    }

    public async Task<IActionResult> OnPostRemoveAsync(int id, int user, CancellationToken cancellationToken)
    {
        if (HttpContext.Refusal(Permission.ManageBackends) is { } refusal)
        {
            return refusal;
        }

        Tell(await members.RemoveAsync(id, user, HttpContext.Person()!.Id, cancellationToken), "The person can start no more jobs here.", "was removed meanwhile");
        return LocalRedirect(AdminLinks.BackendMembers(id));
    }

    private void Tell(bool done, string success, string why)
    {
        if (done)
        {
            TempData.Success(success);
        }
        else
        {
            TempData.Warn($"Nothing was changed: the person {why}.");
        }
    }

    internal sealed record Row(int UserId, string Name, string Login);
}
