namespace JobServer.Coordinator.Agents;

internal static class AgentServices
{
    public static IServiceCollection AddAgents(this IServiceCollection services)
    {
        services.AddSingleton<AgentDirectory>();
        services.AddSingleton<AgentSessionRunner>();
        services.AddSingleton<Reconciler>();
        services.AddSingleton<HeldAttempts>();
        services.AddSingleton<DesiredStatePusher>();
        services.AddHostedService<DesiredStateLoop>();
        services.AddSingleton<TokenSignal>();
        services.AddHostedService<TokenLoop>();
        return services;
    }
}
