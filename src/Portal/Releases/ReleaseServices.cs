using JobServer.Portal.Releases.Reviews;
using JobServer.Portal.Releases.Tables;

namespace JobServer.Portal.Releases;

internal static class ReleaseServices
{
    public static void AddReleases(this IServiceCollection services)
    {
        services.AddSingleton<ReleasedBlobs>();
        services.AddSingleton<TableReader>();
        services.AddSingleton<FilePreviews>();
        services.AddScoped<ReleasedFileAccess>();
        services.AddScoped<ReviewPreviews>();
        services.AddScoped<ReviewedCode>();
    }
}
