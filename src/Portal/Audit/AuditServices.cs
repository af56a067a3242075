namespace JobServer.Portal.Audit;

internal static class AuditServices
{
    public static void AddAudit(this IServiceCollection services)
    {
        services.AddSingleton<AuditHeadExport>();
        services.AddHostedService(provider => provider.GetRequiredService<AuditHeadExport>());
    }
}
