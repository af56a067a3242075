namespace JobServer.Coordinator.Telemetry;

internal static class TelemetryServices
{
    public static IServiceCollection AddTelemetry(this IServiceCollection services)
    {
        services.AddSingleton<CoordinatorGauges>();
        services.AddSingleton<ServiceWatch>();
        services.AddHostedService(provider => provider.GetRequiredService<ServiceWatch>());
        return services;
    }
}
