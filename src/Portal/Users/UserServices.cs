using JobServer.Portal.CodeHosts;

namespace JobServer.Portal.Users;

internal static class UserServices
{
    private static readonly TimeSpan ConnectTimeout = TimeSpan.FromSeconds(5);

    public static IServiceCollection AddUsers(this IServiceCollection services)
    {
        services.AddOptions<PictureOptions>().BindConfiguration(PictureOptions.Section)
            .Validate(
                pictures => pictures.MaxBytes > 0 && pictures.Deadline > TimeSpan.Zero,
                "Portal:Pictures:MaxBytes and Portal:Pictures:Deadline must be more than nothing.")
            .ValidateOnStart();
        services.AddHttpClient(Pictures.HttpName).ConfigurePrimaryHttpMessageHandler(() => new SocketsHttpHandler
        {
            // A redirect could lead to a host that nobody allowed.
            AllowAutoRedirect = false,
            ConnectTimeout = ConnectTimeout,
            UseCookies = false,
        });
        services.AddSingleton<PictureHosts>();
        services.AddSingleton<Pictures>();
        services.AddSingleton<AddressTokens>();
        services.AddSingleton<AccountWrites>();
        services.AddSingleton<OpenRunsOf>();
        services.AddSingleton<StoredTokenUses>();
        services.AddSingleton<StoredTokens>();
        services.AddSingleton<TokenCheck>();
        services.AddSingleton<PersonTokens>();
        services.AddTransient<StoredTokenHandler>();
        services.AddHttpClient(GitHubClients.HttpName).AddHttpMessageHandler<StoredTokenHandler>();
        return services;
    }
}
