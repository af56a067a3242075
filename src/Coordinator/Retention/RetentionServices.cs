namespace JobServer.Coordinator.Retention;

internal static class RetentionServices
{
    public static IServiceCollection AddRetention(this IServiceCollection services)
    {
        services.AddSingleton<RetentionSweep>();
        services.AddSingleton<RetentionSignal>();
        services.AddHostedService<RetentionLoop>();
        return services;
    }
}
