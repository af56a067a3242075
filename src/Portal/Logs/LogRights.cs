using JobServer.Data;
using JobServer.Domain.Access;
using JobServer.Domain.Backends;
using JobServer.Portal.Access;
using Microsoft.EntityFrameworkCore;

namespace JobServer.Portal.Logs;

/// <summary>Whether a person may read the logs of a backend's jobs, as its policy and the policy table say.</summary>
/// <param name="IsAllowed">The log may be shown.</param>
/// <param name="Why">Why not, and who can change that; empty when allowed.</param>
internal sealed record LogRights(bool IsAllowed, string Why)
{
    public static LogRights Allowed { get; } = new(true, "");

    public static async Task<LogRights> DecideAsync(
        JobServerDb db, HttpContext context, LogPolicy policy, int backendId, string backendName, CancellationToken cancellationToken)
    {
        switch (policy)
        {
            case LogPolicy.Project:
                return Of(context, Permission.ReadProjectJobLogs);
            case LogPolicy.Checkers:
                var decision = Of(context, Permission.ReadCheckersJobLogs);
                var person = context.Person()?.Id;
                if (!decision.IsAllowed
                    || await db.BackendMemberships.AnyAsync(member => member.BackendId == backendId && member.UserId == person, cancellationToken))
                {
                    return decision;
                }

                return new LogRights(
                    false,
                    $"Only output checkers who belong to {backendName} may read the logs of its jobs. "
                    + $"{PolicyTable.Row(Permission.AddPeopleToBackends).Roles.Select(role => role.Name()).Aggregate((one, other) => $"{one} or {other}")} can add you to it.");
            default:
                return new LogRights(false, $"{backendName} keeps the logs of its jobs at the site.");
        }
    }

    private static LogRights Of(HttpContext context, Permission permission) =>
        context.May(permission) ? Allowed : new LogRights(false, context.WhyNot(permission));
}
