using System.Data.Common;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace JobServer.Data.Sqlite;

/// <summary>Settings that SQLite keeps per connection. FULL: what was acknowledged survives a power cut.</summary>
internal sealed class ConnectionPragmas : DbConnectionInterceptor
{
    public static readonly ConnectionPragmas Instance = new();

    private const string Pragmas = "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA busy_timeout = 5000;";

    public override void ConnectionOpened(DbConnection connection, ConnectionEndEventData eventData)
    {
        using var command = connection.CreateCommand();
        command.CommandText = Pragmas;
        command.ExecuteNonQuery();
    }

    public override async Task ConnectionOpenedAsync(
        DbConnection connection, ConnectionEndEventData eventData, CancellationToken cancellationToken = default)
    {
        await using var command = connection.CreateCommand();
        command.CommandText = Pragmas;
        await command.ExecuteNonQueryAsync(cancellationToken);
    }
}
