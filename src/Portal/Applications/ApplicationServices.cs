using JobServer.Domain.Applications.Forms;
using Microsoft.Extensions.Options;

namespace JobServer.Portal.Applications;

internal static class ApplicationServices
{
    public static IServiceCollection AddApplications(this IServiceCollection services)
    {
        services.AddOptions<ApplicationOptions>().BindConfiguration(ApplicationOptions.Section).ValidateDataAnnotations().ValidateOnStart();
        services.AddSingleton<IValidateOptions<ApplicationOptions>, ApplicationOptionsValidator>();
        services.AddSingleton(provider => new ApplicationForm(provider.GetRequiredService<IOptions<ApplicationOptions>>().Value.Forms));
        services.AddScoped<ApplicationReader>();
        services.AddSingleton<StartKeys>();
        services.AddScoped<ReviewReader>();
        services.AddScoped<ApplicationList>();
        return services;
    }
}
