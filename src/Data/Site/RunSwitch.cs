using JobServer.Data.Audit;
using JobServer.Data.Writing;
using JobServer.Domain.Audit;
using JobServer.Domain.Site;
using Microsoft.EntityFrameworkCore;

namespace JobServer.Data.Site;

/// <summary>Stops new runs on the whole service, and allows them again. What was submitted before goes on.</summary>
public sealed class RunSwitch(DatabaseWriter writer, AuditLog audit, TimeProvider timeProvider)
{
    private const string Subject = "service";

    /// <param name="message">What people are told; may be empty.</param>
    /// <param name="personId">Who stops them.</param>
    /// <param name="cancellationToken">Gives the change up.</param>
    /// <returns>False when new runs are stopped already.</returns>
    public Task<bool> StopAsync(string message, int personId, CancellationToken cancellationToken) => writer.RunAsync(
        async (db, token) =>
        {
            DateTimeOffset? now = timeProvider.GetUtcNow();
            var stopped = await db.SiteStates.Where(state => state.Id == SiteState.TheId && state.RunsStoppedAt == null)
                .ExecuteUpdateAsync(
                    set => set
                        .SetProperty(state => state.RunsStoppedAt, now)
                        .SetProperty(state => state.RunsStoppedById, (int?)personId)
                        .SetProperty(state => state.RunsStoppedMessage, message),
                    token) == 1;
            if (stopped)
            {
                await audit.AppendAsync(db, personId, AuditAct.RunsStopped, Subject, new { message }, token);
            }

            return stopped;
        },
        cancellationToken);

    /// <returns>False when new runs are allowed already.</returns>
    public Task<bool> AllowAsync(int personId, CancellationToken cancellationToken) => writer.RunAsync(
        async (db, token) =>
        {
            var allowed = await db.SiteStates.Where(state => state.Id == SiteState.TheId && state.RunsStoppedAt != null)
                .ExecuteUpdateAsync(
                    set => set
                        .SetProperty(state => state.RunsStoppedAt, (DateTimeOffset?)null)
                        .SetProperty(state => state.RunsStoppedById, (int?)null)
                        .SetProperty(state => state.RunsStoppedMessage, ""),
                    token) == 1;
            if (allowed)
            {
                await audit.AppendAsync(db, personId, AuditAct.RunsAllowed, Subject, new { }, token);
            }

            return allowed;
        },
        cancellationToken);

    /// <summary>Asks, to tell people. What decides is asked in the transaction of the submit.</summary>
    /// <returns>Null while new runs are taken; otherwise what people are told, which may be empty.</returns>
    public static Task<string?> ReadAsync(JobServerDb db, CancellationToken cancellationToken) => db.SiteStates.AsNoTracking()
        .Where(state => state.Id == SiteState.TheId && state.RunsStoppedAt != null)
        .Select(state => (string?)state.RunsStoppedMessage)
        .SingleOrDefaultAsync(cancellationToken);

    /// <summary>
    /// Asks in the unit of work that submits, and holds the row until it ends: whoever stops new runs meanwhile waits, so no
    /// request is kept after the answer to them.
    /// </summary>
    /// <returns>Null while new runs are taken; otherwise what people are told, which may be empty.</returns>
    internal static async Task<string?> StoppedAsync(JobServerDb db, CancellationToken cancellationToken) =>
        await db.SiteStates.Where(state => state.Id == SiteState.TheId && state.RunsStoppedAt == null)
            .ExecuteUpdateAsync(set => set.SetProperty(state => state.RunsStoppedMessage, ""), cancellationToken) == 1
            ? null
            : await ReadAsync(db, cancellationToken);
}
