namespace JobServer.Portal.Site;

internal static class SiteServices
{
    public static void AddSite(this IServiceCollection services) => services.AddSingleton<SiteNotices>();
}
