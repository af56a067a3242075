namespace JobServer.Coordinator.Logs;

internal static class LogServices
{
    public static IServiceCollection AddLogs(this IServiceCollection services) =>
        services.AddSingleton<LogStreams>().AddSingleton<LogReceiver>();
}
