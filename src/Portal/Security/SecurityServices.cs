using JobServer.Portal.CodeHosts;
using Microsoft.Extensions.Options;

namespace JobServer.Portal.Security;

internal static class SecurityServices
{
    public static void AddSecurityHeaders(this IServiceCollection services) =>
        services.AddOptions<SecurityHeaderOptions>().Configure<IOptions<GitHubOptions>>((headers, gitHub) =>
            headers.FormTargets.Add(new Uri(gitHub.Value.WebAddress).GetLeftPart(UriPartial.Authority)));
}
