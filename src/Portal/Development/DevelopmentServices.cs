namespace JobServer.Portal.Development;

internal static class DevelopmentServices
{
    public static IServiceCollection AddMailFolder(this IServiceCollection services)
    {
        services.AddOptions<MailFolderOptions>().BindConfiguration(MailFolderOptions.Section);
        return services.AddSingleton<MailFolder>();
    }
}
