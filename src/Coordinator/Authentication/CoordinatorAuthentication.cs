using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authorization;

namespace JobServer.Coordinator.Authentication;

/// <summary>Two kinds of callers with two credentials; neither opens the other's door.</summary>
internal static class CoordinatorAuthentication
{
    public const string Agent = "Agent";
    public const string Internal = "Internal";

    public static IServiceCollection AddCoordinatorAuthentication(this IServiceCollection services)
    {
        services.AddAuthentication()
            .AddScheme<AuthenticationSchemeOptions, AgentTokenHandler>(Agent, null)
            .AddScheme<AuthenticationSchemeOptions, InternalTokenHandler>(Internal, null);
        services.AddAuthorizationBuilder()
            .AddPolicy(Agent, policy => policy.AddAuthenticationSchemes(Agent).RequireAuthenticatedUser())
            .AddPolicy(Internal, policy => policy.AddAuthenticationSchemes(Internal).RequireAuthenticatedUser())
            .SetFallbackPolicy(new AuthorizationPolicyBuilder(Agent, Internal).RequireAssertion(_ => false).Build());
        return services;
    }

    /// <summary>The token of <c>authorization: Bearer …</c>, or null.</summary>
    public static string? BearerToken(HttpRequest request)
    {
        const string Prefix = "Bearer ";
        const int MaxLength = 512;
        var header = request.Headers.Authorization.ToString();
        return header.Length is > 7 and <= MaxLength && header.StartsWith(Prefix, StringComparison.OrdinalIgnoreCase) ? header[Prefix.Length..] : null;
    }
}
