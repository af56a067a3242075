using JobServer.Coordinator.Agents;

namespace JobServer.Coordinator.Reports;

internal static class ReportServices
{
    public static IServiceCollection AddReports(this IServiceCollection services)
    {
        services.AddSingleton<ReportQueue>();
        services.AddSingleton<ReportApplier>();
        services.AddSingleton<FrameHandler>();
        services.AddHostedService<ReportLoop>();
        return services;
    }
}
