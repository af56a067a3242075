using JobServer.Data;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.Extensions.DependencyInjection;

namespace JobServer.Portal.Tests;

/// <summary>A query that multiplies rows by several collections fails its test instead of leaving a line in a log.</summary>
internal static class QueryGuard
{
    public static void AddQueryGuard(this IServiceCollection services) => services.ConfigureDbContext<JobServerDb>(
        options => options.ConfigureWarnings(warnings => warnings.Throw(RelationalEventId.MultipleCollectionIncludeWarning)),
        ServiceLifetime.Singleton);
}
