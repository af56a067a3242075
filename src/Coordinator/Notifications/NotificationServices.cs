using Microsoft.Extensions.Options;

namespace JobServer.Coordinator.Notifications;

internal static class NotificationServices
{
    public static IServiceCollection AddNotifications(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddOptions<MailOptions>().Bind(configuration.GetSection(MailOptions.Section)).ValidateDataAnnotations().ValidateOnStart();
        services.AddSingleton<IMailDelivery>(services =>
            services.GetRequiredService<IOptions<MailOptions>>().Value.Host.Length > 0
                ? ActivatorUtilities.CreateInstance<SmtpDelivery>(services)
                : ActivatorUtilities.CreateInstance<FolderDelivery>(services));
        services.AddSingleton<OutboxSender>();
        services.AddSingleton<OutboxSignal>();
        services.AddHostedService<OutboxLoop>();
        services.AddSingleton<NoticeSignal>();
        services.AddHostedService<NoticeLoop>();
        return services;
    }
}
