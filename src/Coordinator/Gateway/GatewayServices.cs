namespace JobServer.Coordinator.Gateway;

internal static class GatewayServices
{
    public static IServiceCollection AddGateway(this IServiceCollection services) => services.AddSingleton<ChangeFeed>();
}
