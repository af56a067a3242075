namespace JobServer.Portal.Coordination;

internal static class CoordinationServices
{
    public static IServiceCollection AddCoordination(this IServiceCollection services)
    {
        services.AddOptions<CoordinationOptions>().BindConfiguration(CoordinationOptions.Section).ValidateDataAnnotations().ValidateOnStart();
        services.AddSingleton<CoordinatorChannel>();
        services.AddSingleton<CoordinatorNotices>();
        services.AddHostedService<ChangeWatcher>();
        return services;
    }
}
