namespace JobServer.Portal.Workspaces;

internal static class WorkspaceServices
{
    public static IServiceCollection AddWorkspaces(this IServiceCollection services)
    {
        services.AddSingleton<RepositoryCheck>();
        services.AddSingleton<WorkspaceWrites>();
        services.AddSingleton<WorkspaceMoves>();
        return services;
    }
}
