namespace JobServer.Coordinator.Leases;

internal static class LeaseServices
{
    public static IServiceCollection AddLeases(this IServiceCollection services)
    {
        services.AddSingleton<ClusterRecord>();
        services.AddSingleton<LeaseSweeper>();
        services.AddSingleton<SweepSignal>();
        services.AddHostedService<LeaseLoop>();
        return services;
    }
}
