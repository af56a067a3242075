using Microsoft.Data.Sqlite;

namespace JobServer.Benchmarks.EventLog;

/// <summary>
/// Fills a migrated database with requests of five jobs each, by SQL: one action that every request has, one of five
/// hundred, one of its own, and two of its workspace.
/// </summary>
internal static class LogRows
{
    public const int Backends = 10;
    public const int Users = 200;
    public const int Workspaces = 2_000;
    public const int Models = 500;

    /// <summary>Requests to insert in one statement: what it sorts should fit into memory.</summary>
    private const int Batch = 100_000;

    private const string Start = "2026-01-01 00:00:00";

    /// <summary>Letters of identifiers have no 0, 1, 8 and 9.</summary>
    private const string Identifier = "replace(replace(replace(replace(lower(hex(randomblob(8))), '0', 'g'), '1', 'h'), '8', 'i'), '9', 'j')";

    /// <summary>A project.yaml of one kilobyte.</summary>
    private static readonly string Definition = $"'version: ''3.0''{new string('#', 1_000)}'";

    public static async Task FillAsync(string path, int requests)
    {
        await using var connection = new SqliteConnection($"Data Source={path};Pooling=False");
        await connection.OpenAsync();
        await RunAsync(connection, "PRAGMA synchronous = OFF; PRAGMA journal_mode = WAL; PRAGMA cache_size = -400000; PRAGMA foreign_keys = OFF;");
        var indexes = await IndexesAsync(connection);
        foreach (var (name, _) in indexes)
            await RunAsync(connection, $"DROP INDEX \"{name}\";");
        for (var first = 1; first <= requests; first += Batch)
            await InsertAsync(connection, first, Math.Min(requests, first + Batch - 1), requests);
        foreach (var (_, sql) in indexes)
            await RunAsync(connection, sql + ";");
        await RunAsync(connection, "PRAGMA wal_checkpoint(TRUNCATE);");
    }

    private static async Task InsertAsync(SqliteConnection connection, int first, int last, int requests)
    {
        var numbers = $"WITH RECURSIVE n(i) AS (SELECT {first} UNION ALL SELECT i + 1 FROM n WHERE i < {last})";

        // The last hundred are under way; of the others one in six failed and one in fifty was cancelled.
        var state = $"CASE WHEN i > {requests - 50} THEN 'pending' WHEN i > {requests - 100} THEN 'running' WHEN i % 50 = 0 THEN 'cancelled' WHEN i % 6 = 0 THEN 'failed' ELSE 'succeeded' END";
        await RunAsync(connection, $"""
            {numbers} INSERT INTO JobRequests
                (Id, Identifier, WorkspaceId, BackendId, CreatedById, CreatedAt, RequestedActions, ForceRunDependencies, WillNotify, Branch, "Commit",
                 SourceDigest, SourceSize, ProjectDefinition, State, StatusMessage, PendingJobs, RunningJobs, SucceededJobs, FailedJobs, CancelledJobs, FirstStartedAt, Runtime, Revision)
            SELECT i, {Identifier}, 1 + (i * 7919) % {Workspaces}, 1 + (i * 31) % {Backends}, 1 + (i * 131) % {Users}, datetime('{Start}', '+' || i || ' seconds'),
                '["generate_dataset","model_' || (i % {Models}) || '"]', 0, 0, 'main', '{new string('a', 40)}', '{new string('b', 64)}', 1000, {Definition}, {state}, '',
                CASE WHEN i > {requests - 50} THEN 5 ELSE 0 END, CASE WHEN i > {requests - 100} AND i <= {requests - 50} THEN 5 ELSE 0 END,
                CASE WHEN i <= {requests - 100} THEN 5 ELSE 0 END, 0, 0, datetime('{Start}', '+' || i || ' seconds'), 0, 1
            FROM n;
            """);
        var jobState = $"CASE WHEN i > {requests - 50} THEN 'pending' WHEN i > {requests - 100} THEN 'running' WHEN p = 4 AND i % 6 = 0 THEN 'failed' ELSE 'succeeded' END";
        var code = $"CASE WHEN i > {requests - 50} THEN 'created' WHEN i > {requests - 100} THEN 'executing' WHEN p = 4 AND i % 6 = 0 THEN 'nonzero_exit' ELSE 'succeeded' END";
        await RunAsync(connection, $"""
            {numbers}, p(p) AS (VALUES (0), (1), (2), (3), (4)) INSERT INTO Jobs
                (Id, JobRequestId, Position, WorkspaceId, BackendId, Action, Image, ImageVersion, Arguments, Outputs, UsesDatabase, Slots, ReusableSize, State, StatusCode,
                 StatusMessage, Fence, AppliedSequence, LostAttempts, CreatedAt, UpdatedAt, StartedAt, CompletedAt, Revision)
            SELECT {Identifier}, i, p, 1 + (i * 7919) % {Workspaces}, 1 + (i * 31) % {Backends},
                CASE p WHEN 0 THEN 'generate_dataset' WHEN 1 THEN 'model_' || (i % {Models}) WHEN 2 THEN 'only_' || i
                    WHEN 3 THEN 'clean_' || ((i * 7919) % {Workspaces}) ELSE 'plot_' || ((i * 7919) % {Workspaces}) END,
                'python', 'v2', '["analysis/a.py"]', '[]', 0, 1, 0, {jobState}, {code},
                'Completed successfully', 1, 3, 0, datetime('{Start}', '+' || i || ' seconds'), datetime('{Start}', '+' || i || ' seconds'),
                datetime('{Start}', '+' || i || ' seconds'), datetime('{Start}', '+' || (i + 60) || ' seconds'), 4
            FROM n, p ORDER BY i, p;
            """);
    }

    private static async Task<List<(string Name, string Sql)>> IndexesAsync(SqliteConnection connection)
    {
        await using var command = connection.CreateCommand();
        command.CommandText = "SELECT name, sql FROM sqlite_master WHERE type = 'index' AND tbl_name IN ('Jobs', 'JobRequests') AND sql IS NOT NULL";
        await using var reader = await command.ExecuteReaderAsync();
        var indexes = new List<(string, string)>();
        while (await reader.ReadAsync())
            indexes.Add((reader.GetString(0), reader.GetString(1)));
        return indexes;
    }

    private static async Task RunAsync(SqliteConnection connection, string sql)
    {
        await using var command = connection.CreateCommand();
        command.CommandTimeout = 0;
        command.CommandText = sql;
        await command.ExecuteNonQueryAsync();
    }
}
