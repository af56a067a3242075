namespace JobServer.Portal.Releases;

internal static class ReleaseServices
{
    public static void AddReleases(this IServiceCollection services)
    {
        services.AddSingleton<ReleasedBlobs>();
        services.AddSingleton<FilePreviews>();
        services.AddScoped<ReleasedFileAccess>();
    }
}
