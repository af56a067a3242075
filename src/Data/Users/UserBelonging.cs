using JobServer.Data.Audit;
using JobServer.Data.Writing;
using JobServer.Domain.Audit;
using JobServer.Domain.Backends;
using JobServer.Domain.Organisations;
using Microsoft.EntityFrameworkCore;

namespace JobServer.Data.Users;

/// <summary>Which backends and organisations a person belongs to, chosen together.</summary>
public sealed class UserBelonging(DatabaseWriter writer, AuditLog audit, TimeProvider timeProvider)
{
    /// <param name="edit">The person as shown.</param>
    /// <param name="chosen">Numbers of backends; of those that are not there nothing is made.</param>
    /// <param name="mayRemove">Otherwise what is not chosen stays.</param>
    /// <param name="cancellationToken">Gives the change up.</param>
    public Task<UserOutcome> SetBackendsAsync(UserEdit edit, IReadOnlyCollection<int> chosen, bool mayRemove, CancellationToken cancellationToken) => writer.RunAsync(
        async (db, token) =>
        {
            if (!await UserRows.RaiseAsync(db, edit, token))
            {
                return UserOutcome.ChangedMeanwhile;
            }

            var before = await db.BackendMemberships.Where(row => row.UserId == edit.UserId).Select(row => row.BackendId).ToListAsync(token);
            var known = await db.Backends.Where(row => chosen.Contains(row.Id)).Select(row => row.Id).ToListAsync(token);
            var added = known.Except(before).Order().ToList();
            var removed = mayRemove ? before.Except(known).Order().ToList() : [];
            await db.BackendMemberships.Where(row => row.UserId == edit.UserId && removed.Contains(row.BackendId)).ExecuteDeleteAsync(token);
            db.AddRange(added.Select(id => new BackendMembership
            {
                BackendId = id,
                UserId = edit.UserId,
                CreatedAt = timeProvider.GetUtcNow(),
                CreatedById = edit.PersonId,
            }));
            return await RecordAsync(db, edit, "backend", added, removed, token);
        },
        cancellationToken);

    /// <param name="edit">The person as shown.</param>
    /// <param name="chosen">Numbers of organisations; of those that are not there nothing is made.</param>
    /// <param name="mayRemove">Otherwise what is not chosen stays.</param>
    /// <param name="cancellationToken">Gives the change up.</param>
    public Task<UserOutcome> SetOrganisationsAsync(UserEdit edit, IReadOnlyCollection<int> chosen, bool mayRemove, CancellationToken cancellationToken) => writer.RunAsync(
        async (db, token) =>
        {
            if (!await UserRows.RaiseAsync(db, edit, token))
            {
                return UserOutcome.ChangedMeanwhile;
            }

            var before = await db.OrganisationMemberships.Where(row => row.UserId == edit.UserId).Select(row => row.OrganisationId).ToListAsync(token);
            var known = await db.Organisations.Where(row => chosen.Contains(row.Id)).Select(row => row.Id).ToListAsync(token);
            var added = known.Except(before).Order().ToList();
            var removed = mayRemove ? before.Except(known).Order().ToList() : [];
            await db.OrganisationMemberships.Where(row => row.UserId == edit.UserId && removed.Contains(row.OrganisationId)).ExecuteDeleteAsync(token);
            db.AddRange(added.Select(id => new OrganisationMembership
            {
                OrganisationId = id,
                UserId = edit.UserId,
                CreatedAt = timeProvider.GetUtcNow(),
                CreatedById = edit.PersonId,
            }));
            return await RecordAsync(db, edit, "organisation", added, removed, token);
        },
        cancellationToken);

    private async Task<UserOutcome> RecordAsync(
        JobServerDb db, UserEdit edit, string kind, List<int> added, List<int> removed, CancellationToken cancellationToken)
    {
        foreach (var id in added)
        {
            await audit.AppendAsync(db, edit.PersonId, AuditAct.MembershipChanged, $"{kind}:{id}", new { userId = edit.UserId, added = true }, cancellationToken);
        }

        foreach (var id in removed)
        {
            await audit.AppendAsync(db, edit.PersonId, AuditAct.MembershipChanged, $"{kind}:{id}", new { userId = edit.UserId, removed = true }, cancellationToken);
        }

        return added.Count + removed.Count == 0 ? UserOutcome.Unchanged : UserOutcome.Changed;
    }
}
