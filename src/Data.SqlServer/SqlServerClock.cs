using Microsoft.EntityFrameworkCore;

namespace JobServer.Data.SqlServer;

/// <summary>The server's own clock: the only one that all processes share.</summary>
internal sealed class SqlServerClock(IDbContextFactory<JobServerDb> contexts) : IDatabaseClock
{
    public async ValueTask<DateTimeOffset> NowAsync(CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var now = await db.Database.SqlQuery<DateTime>($"SELECT SYSUTCDATETIME() AS [Value]").SingleAsync(cancellationToken);
        return new DateTimeOffset(now, TimeSpan.Zero);
    }
}
