using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Design;

namespace JobServer.Data.Sqlite;

/// <summary>Lets <c>dotnet ef</c> make migrations; no database is opened.</summary>
internal sealed class SqliteDesignTimeFactory : IDesignTimeDbContextFactory<JobServerDb>
{
    public JobServerDb CreateDbContext(string[] args)
    {
        var builder = new DbContextOptionsBuilder<JobServerDb>();
        new SqliteProvider().Configure(builder, "Data Source=design-time.db");
        return new JobServerDb(builder.Options);
    }
}
