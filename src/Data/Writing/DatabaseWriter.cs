using Microsoft.EntityFrameworkCore;

namespace JobServer.Data.Writing;

/// <summary>Runs a unit of work: one context, one write transaction, committed before it returns.</summary>
/// <remarks>
/// On SQL Server a transient error replays the whole unit, so a unit's effects must all be guarded writes
/// on its own context, and nothing may be announced before <see cref="RunAsync{T}"/> returns.
/// </remarks>
public sealed class DatabaseWriter(IDbContextFactory<JobServerDb> contexts, IWriteGate gate)
{
    public async Task<T> RunAsync<T>(Func<JobServerDb, CancellationToken, Task<T>> unit, CancellationToken cancellationToken)
    {
        var asked = TimeProvider.System.GetTimestamp();
        using var turn = await gate.EnterAsync(cancellationToken);
        var started = TimeProvider.System.GetTimestamp();
        WriteMetrics.Waited(TimeProvider.System.GetElapsedTime(asked, started));
        await using var outer = await contexts.CreateDbContextAsync(cancellationToken);
        return await outer.Database.CreateExecutionStrategy().ExecuteAsync(
            async token =>
            {
                await using var db = await contexts.CreateDbContextAsync(token);

                // A failed save ends the unit, so nothing would ever go back to a savepoint.
                db.Database.AutoSavepointsEnabled = false;
                await using var transaction = await db.Database.BeginTransactionAsync(token);
                var result = await unit(db, token);
                await db.SaveChangesAsync(token);
                var committing = TimeProvider.System.GetTimestamp();

                // Not the caller's token: a commit that was cut off leaves nobody knowing what is true.
                await transaction.CommitAsync(CancellationToken.None);
                WriteMetrics.Committed(TimeProvider.System.GetElapsedTime(committing));
                WriteMetrics.Took(TimeProvider.System.GetElapsedTime(started));
                return result;
            },
            cancellationToken);
    }

    public Task RunAsync(Func<JobServerDb, CancellationToken, Task> unit, CancellationToken cancellationToken) =>
        RunAsync(
            async (db, token) =>
            {
                await unit(db, token);
                return true;
            },
            cancellationToken);
}
