using JobServer.Data;
using JobServer.Domain.Users;
using JobServer.Portal.Workspaces;
using Microsoft.EntityFrameworkCore;

namespace JobServer.Portal.Admin.Members;

/// <summary>Reads who belongs to something, a page at a time, and finds people to add.</summary>
internal sealed class MemberLists(JobServerDb db)
{
    private const int MostFound = 10;

    /// <param name="members">Everybody who belongs to it.</param>
    /// <param name="typed">A name or login, or part of one, of somebody to add.</param>
    /// <param name="number">Which page of the members.</param>
    /// <param name="cancellationToken">Gives the read up.</param>
    public async Task<MemberList> ReadAsync(IQueryable<User> members, string? typed, int number, CancellationToken cancellationToken)
    {
        var search = SearchText.Of(typed);
        var paging = Paging.Of(await members.CountAsync(cancellationToken), number);
        return new MemberList
        {
            Search = search,
            Paging = paging,
            Rows = await Listed(members).Skip(paging.Skip).Take(Paging.Size).ToListAsync(cancellationToken),
            Found = search.Length == 0 ? [] : await FindAsync(members, search, cancellationToken),
        };
    }

    private async Task<IReadOnlyList<ListedPerson>> FindAsync(IQueryable<User> members, string search, CancellationToken cancellationToken)
    {
        var pattern = LikePattern.Containing(search);
        return await Listed(db.Users.AsNoTracking()
            .Where(user => user.IsActive && (EF.Functions.Like(user.FullName, pattern, LikePattern.Escape) || EF.Functions.Like(user.Login, pattern, LikePattern.Escape)))
            .Where(user => !members.Any(member => member.Id == user.Id)))
            .Take(MostFound)
            .ToListAsync(cancellationToken);
    }

    private static IQueryable<ListedPerson> Listed(IQueryable<User> people) =>
        people.OrderBy(user => user.FullName).ThenBy(user => user.Id).Select(user => new ListedPerson(user.Id, user.FullName, user.Login));
}
