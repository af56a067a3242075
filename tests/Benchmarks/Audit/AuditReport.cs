using System.Diagnostics;
using JobServer.Data;
using JobServer.Data.Audit;
using JobServer.Data.Sqlite;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace JobServer.Benchmarks.Audit;

/// <summary>How long it takes to walk the audit log, whole and tampered with, beside reading the same rows bare.</summary>
internal static class AuditReport
{
    private const int Rows = 1_000_000;
    private const string Key = "a key that only benchmarks use";

    /// <summary>Near the end, where it takes longest to find.</summary>
    private const int Place = Rows - 1_000;

    /// <summary>What somebody with the database in hand might do.</summary>
    private static readonly (string Name, string Sql)[] Tamperings =
    [
        ("a row is altered", $"UPDATE AuditEntries SET Details = '{{}}' WHERE Sequence = {Place}"),
        ("a row is deleted", $"DELETE FROM AuditEntries WHERE Sequence = {Place}"),
        ("the newest row is deleted", $"DELETE FROM AuditEntries WHERE Sequence = {Rows}"),
        ("two rows change places",
            $"UPDATE AuditEntries SET Sequence = -Sequence WHERE Sequence IN ({Place}, {Place + 1}); "
            + $"UPDATE AuditEntries SET Sequence = {(2 * Place) + 1} + Sequence WHERE Sequence < 0"),
        ("the tail is cut off, and the head mended",
            $"DELETE FROM AuditEntries WHERE Sequence > {Place}; "
            + $"UPDATE AuditHeads SET Sequence = {Place}, Hash = (SELECT Hash FROM AuditEntries WHERE Sequence = {Place})"),
    ];

    public static async Task RunAsync()
    {
        using var folder = new BenchmarkFolder();
        var path = BenchmarkCoordinator.DatabaseIn(folder.Path);
        await using var services = Services(folder.Path, path);
        await services.GetRequiredService<DatabaseMigrator>().MigrateAsync(CancellationToken.None);
        var making = Stopwatch.StartNew();
        await OnAsync(path, connection => AuditRows.FillAsync(connection, new AuditChain(Key), Rows));
        Console.WriteLine($"{Rows:N0} rows were made in {making.Elapsed.TotalSeconds:0} s; {new FileInfo(path).Length / 1_000_000:N0} MB");
        var exported = await HeadAsync(services);

        var bare = await TimeAsync(() => OnAsync(path, ReadAsync));
        Console.WriteLine($"{"the same rows, read bare",-44}{bare.TotalSeconds,8:0.0} s");
        await PrintAsync(services, "nothing is wrong", exported, bare);
        foreach (var ((name, sql), number) in Tamperings.Zip(Enumerable.Range(1, Tamperings.Length)))
        {
            // Each a file of its own: a connection may live a little longer than its use.
            var copy = $"{path}.{number}";
            await OnAsync(path, connection => RunAsync(connection, $"VACUUM INTO '{copy}'"));
            await OnAsync(copy, connection => RunAsync(connection, sql));
            await using (var tampered = Services(folder.Path, copy))
            {
                await PrintAsync(tampered, name, exported, bare);
            }

            File.Delete(copy);
            File.Delete(copy + "-wal");
            File.Delete(copy + "-shm");
        }
    }

    private static async Task PrintAsync(ServiceProvider services, string name, AuditHeadRecord exported, TimeSpan bare)
    {
        AuditBreak? found = null;
        var time = await TimeAsync(async () =>
        {
            await using var db = await services.GetRequiredService<IDbContextFactory<JobServerDb>>().CreateDbContextAsync();
            found = await services.GetRequiredService<AuditLog>().FindBreakAsync(db, [exported], CancellationToken.None);
        });
        var said = found is null ? "holds" : $"{found.Kind} at {found.Sequence:N0}";
        Console.WriteLine($"{name,-44}{time.TotalSeconds,8:0.0} s{time / bare,6:0.0} times bare   {said}");
    }

    private static async Task ReadAsync(SqliteConnection connection)
    {
        await using var command = connection.CreateCommand();
        command.CommandText = "SELECT Sequence, At, ActorId, Act, Subject, Details, PreviousHash, Hash FROM AuditEntries ORDER BY Sequence";
        await using var reader = await command.ExecuteReaderAsync();
        var values = new object[reader.FieldCount];
        while (await reader.ReadAsync())
        {
            reader.GetValues(values);
        }
    }

    private static async Task<TimeSpan> TimeAsync(Func<Task> work)
    {
        var started = Stopwatch.GetTimestamp();
        await work();
        return Stopwatch.GetElapsedTime(started);
    }

    private static async Task<AuditHeadRecord> HeadAsync(ServiceProvider services)
    {
        await using var db = await services.GetRequiredService<IDbContextFactory<JobServerDb>>().CreateDbContextAsync();
        var head = await db.AuditHeads.AsNoTracking().SingleAsync();
        return new AuditHeadRecord(head.Sequence, head.Hash, TimeProvider.System.GetUtcNow());
    }

    private static async Task OnAsync(string path, Func<SqliteConnection, Task> work)
    {
        await using var connection = new SqliteConnection($"Data Source={path};Pooling=False");
        await connection.OpenAsync();
        await work(connection);
    }

    private static async Task RunAsync(SqliteConnection connection, string sql)
    {
        await using var command = connection.CreateCommand();
        command.CommandTimeout = 0;
        command.CommandText = sql;
        await command.ExecuteNonQueryAsync();
    }

    private static ServiceProvider Services(string folder, string path)
    {
        var configuration = new ConfigurationBuilder().AddInMemoryCollection(new Dictionary<string, string?>(StringComparer.Ordinal)
        {
            ["Database:Provider"] = "Sqlite",
            ["Database:ConnectionString"] = $"Data Source={path};Pooling=False",
            ["Blobs:Directory"] = Path.Combine(folder, "blobs"),
            ["Audit:Key"] = Key,
        }).Build();
        return new ServiceCollection()
            .AddLogging()
            .AddSingleton(TimeProvider.System)
            .AddSingleton(new Random(11))
            .AddJobServerData(configuration, new SqliteProvider())
            .BuildServiceProvider();
    }
}
