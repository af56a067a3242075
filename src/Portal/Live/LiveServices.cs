namespace JobServer.Portal.Live;

internal static class LiveServices
{
    public static void AddLive(this IServiceCollection services)
    {
        services.AddSingleton<ChangeHub>();
        services.AddSingleton<LiveConnections>();
        services.AddSingleton<LiveRights>();
        services.AddSingleton<LiveStream>();
        services.AddSingleton<PartialRenderer>();
    }
}
