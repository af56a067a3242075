using JobServer.Portal.Access;
using JobServer.Portal.CodeHosts;

namespace JobServer.Portal.Users;

/// <summary>The token with which GitHub is asked for a person: the one-time token of the workspace at hand, else the stored one, else none.</summary>
internal sealed class PersonTokens(OneTimeTokens once, StoredTokens stored)
{
    /// <returns>Null for a visitor, and for a person who has given none: public repositories need none.</returns>
    public async Task<string?> FindAsync(HttpContext context, CancellationToken cancellation) =>
        context.Person() is not { } person ? null : once.Read(context) ?? await stored.ReadAsync(person.Id, cancellation);

    /// <summary>Jobs were submitted: a one-time token has done what it was given for.</summary>
    public void Spend(HttpContext context) => once.Drop(context);
}
