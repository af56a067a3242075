using JobServer.Data;
using JobServer.Domain.Access;
using JobServer.Portal.Access;
using JobServer.Portal.SignIn;
using Microsoft.EntityFrameworkCore;

namespace JobServer.Portal.Live;

/// <summary>Asks anew what a person may do: a page stays open longer than roles and memberships last.</summary>
internal sealed class LiveRights(IDbContextFactory<JobServerDb> contexts, SignInSessions sessions)
{
    /// <summary>What changed is written where pages look for it, so that the next fragment is drawn for it.</summary>
    public async Task<LiveStanding> LookAsync(HttpContext context, CancellationToken cancellationToken)
    {
        if (SignInCookie.SecretOf(context) is not { } secret)
        {
            return LiveStanding.Same;
        }

        if (await sessions.LookAsync(secret, cancellationToken) is not { } person)
        {
            return LiveStanding.SignedOut;
        }

        var before = context.Resources();
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var rights = await ProjectRights.ReadAsync(db, person, before.Project?.Id, cancellationToken);
        if (IsSame(rights, before.Rights))
        {
            return LiveStanding.Same;
        }

        context.Features.Set(person);
        context.Features.Set(before with { Rights = rights });
        return Needed(context).All(needs => needs.AnyOf.Any(rights.May)) ? LiveStanding.Changed : LiveStanding.Refused;
    }

    private static IEnumerable<RequiresPermissionAttribute> Needed(HttpContext context) =>
        context.GetEndpoint()?.Metadata.GetOrderedMetadata<RequiresPermissionAttribute>() ?? [];

    private static bool IsSame(Rights one, Rights other) =>
        one.IsMember == other.IsMember && one.GlobalRoles.SetEquals(other.GlobalRoles) && one.ProjectRoles.SetEquals(other.ProjectRoles);
}
