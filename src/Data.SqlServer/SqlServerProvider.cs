using JobServer.Data.Jobs;
using JobServer.Data.SqlServer.Jobs;
using JobServer.Data.Writing;
using Microsoft.EntityFrameworkCore;

namespace JobServer.Data.SqlServer;

/// <summary>The production database, for several processes on several machines.</summary>
public sealed class SqlServerProvider : IDatabaseProvider
{
    public string Name => "SqlServer";

    public IJobStatements JobStatements { get; } = new SqlServerJobStatements();

    public void Configure(DbContextOptionsBuilder builder, string connectionString) => builder.UseSqlServer(
        connectionString,
        sqlServer => sqlServer
            .MigrationsAssembly(typeof(SqlServerProvider).Assembly.GetName().Name)
            .EnableRetryOnFailure());

    public IWriteGate CreateWriteGate(string connectionString) => new OpenWriteGate();

    public IDatabaseClock CreateClock(TimeProvider timeProvider, IDbContextFactory<JobServerDb> contexts) => new SqlServerClock(contexts);

    public void Prepare(string connectionString)
    {
    }

    // Several Coordinators need no leader: every write is guarded by the rows themselves.
    public IDisposable ClaimCoordinator(string connectionString) => new OpenWriteGate();
}
