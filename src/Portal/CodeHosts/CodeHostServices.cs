using System.Net;

namespace JobServer.Portal.CodeHosts;

internal static class CodeHostServices
{
    public static void AddCodeHosts(this IServiceCollection services)
    {
        services.AddOptions<CodeHostOptions>().BindConfiguration(CodeHostOptions.Section)
            .ValidateDataAnnotations().ValidateOnStart();
        services.AddOptions<LocalGitOptions>().BindConfiguration(LocalGitOptions.Section)
            .Validate(local => !local.IsOn || IsWebAddress(local.Address), "CodeHosts:Local:Address must be a web address such as https://demo.local.")
            .ValidateOnStart();
        services.AddOptions<GitHubOptions>().BindConfiguration(GitHubOptions.Section)
            .Validate(gitHub => IsWebAddress(gitHub.WebAddress) && IsWebAddress(gitHub.ApiAddress), "CodeHosts:GitHub:WebAddress and ApiAddress must be web addresses.")
            .ValidateOnStart();
        services.AddSingleton<TokenlessAnswers>();
        services.AddTransient<TokenlessCacheHandler>();
        services.AddSingleton<RepositoryVisibilities>();
        services.AddHttpClient(GitHubClients.HttpName)
            .AddHttpMessageHandler<TokenlessCacheHandler>()
            .ConfigurePrimaryHttpMessageHandler(() => new SocketsHttpHandler
            {
                AutomaticDecompression = DecompressionMethods.None,
                MaxAutomaticRedirections = 3,
                PooledConnectionLifetime = TimeSpan.FromMinutes(10),
                UseCookies = false,
            });
        services.AddSingleton<GitHubClients>();
        services.AddSingleton<ICodeHost, LocalGitCodeHost>();
        services.AddSingleton<ICodeHost, GitHubCodeHost>();
        services.AddSingleton<CodeHostRouter>();
        services.AddSingleton<OneTimeTokens>();
    }

    private static bool IsWebAddress(string text) =>
        Uri.TryCreate(text, UriKind.Absolute, out var uri) && (uri.Scheme is "http" or "https");
}
