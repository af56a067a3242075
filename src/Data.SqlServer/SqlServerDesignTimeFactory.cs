using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Design;

namespace JobServer.Data.SqlServer;

/// <summary>Lets <c>dotnet ef</c> make migrations; no server is needed.</summary>
internal sealed class SqlServerDesignTimeFactory : IDesignTimeDbContextFactory<JobServerDb>
{
    public JobServerDb CreateDbContext(string[] args)
    {
        var builder = new DbContextOptionsBuilder<JobServerDb>();
        new SqlServerProvider().Configure(builder, "Server=design-time;Database=JobServer");
        return new JobServerDb(builder.Options);
    }
}
