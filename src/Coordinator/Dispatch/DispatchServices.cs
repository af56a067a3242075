namespace JobServer.Coordinator.Dispatch;

internal static class DispatchServices
{
    public static IServiceCollection AddDispatch(this IServiceCollection services)
    {
        services.AddSingleton<DispatchSignal>();
        services.AddSingleton<DesiredSignal>();
        services.AddSingleton<Dispatcher>();
        services.AddSingleton<AssignmentSender>();
        services.AddHostedService<DispatchLoop>();
        return services;
    }
}
