using JobServer.Data.Jobs;
using JobServer.Data.Sqlite.Jobs;
using JobServer.Data.Writing;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;

namespace JobServer.Data.Sqlite;

/// <summary>The embedded database: one file, one process that writes.</summary>
public sealed class SqliteProvider : IDatabaseProvider
{
    public string Name => "Sqlite";

    public IJobStatements JobStatements { get; } = new SqliteJobStatements();

    public void Configure(DbContextOptionsBuilder builder, string connectionString) => builder
        .UseSqlite(Normalise(connectionString), sqlite => sqlite.MigrationsAssembly(typeof(SqliteProvider).Assembly.GetName().Name))
        .AddInterceptors(ConnectionPragmas.Instance);

    public IWriteGate CreateWriteGate(string connectionString) => FileWriteGate.For(PathOf(connectionString));

    public IDatabaseClock CreateClock(TimeProvider timeProvider, IDbContextFactory<JobServerDb> contexts) => new ProcessClock(timeProvider);

    public void Prepare(string connectionString)
    {
        if (Path.GetDirectoryName(PathOf(connectionString)) is { Length: > 0 } folder)
        {
            Directory.CreateDirectory(folder);
        }
    }

    public IDisposable ClaimCoordinator(string connectionString) => CoordinatorFileLock.Take(PathOf(connectionString));

    private static string PathOf(string connectionString) => Path.GetFullPath(new SqliteConnectionStringBuilder(connectionString).DataSource);

    private static string Normalise(string connectionString) => new SqliteConnectionStringBuilder(connectionString)
    {
        DataSource = PathOf(connectionString),
        Pooling = true,
        ForeignKeys = true,
    }.ToString();
}
