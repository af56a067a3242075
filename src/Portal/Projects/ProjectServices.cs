namespace JobServer.Portal.Projects;

internal static class ProjectServices
{
    public static IServiceCollection AddProjects(this IServiceCollection services)
    {
        services.AddScoped<MissingSteps>();
        return services;
    }
}
