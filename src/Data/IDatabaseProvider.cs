using JobServer.Data.Jobs;
using JobServer.Data.Writing;
using Microsoft.EntityFrameworkCore;

namespace JobServer.Data;

/// <summary>What differs between SQLite and SQL Server. Each provider project registers one.</summary>
public interface IDatabaseProvider
{
    /// <summary>The value of <c>Database:Provider</c> that selects it.</summary>
    string Name { get; }

    /// <summary>The set-based statements of the hot path.</summary>
    IJobStatements JobStatements { get; }

    void Configure(DbContextOptionsBuilder builder, string connectionString);

    IWriteGate CreateWriteGate(string connectionString);

    IDatabaseClock CreateClock(TimeProvider timeProvider, IDbContextFactory<JobServerDb> contexts);

    /// <summary>Makes what must exist before a connection can be opened, such as the file's folder.</summary>
    void Prepare(string connectionString);

    /// <summary>Claims the right to be the only Coordinator where the database allows just one; dispose to give it back.</summary>
    /// <exception cref="InvalidOperationException">Another Coordinator holds it; the message says what to do.</exception>
    IDisposable ClaimCoordinator(string connectionString);
}
