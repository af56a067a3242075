using System.Security.Claims;
using System.Text.Encodings.Web;
using JobServer.Data.Agents;
using Microsoft.AspNetCore.Authentication;
using Microsoft.Extensions.Options;

namespace JobServer.Coordinator.Authentication;

/// <summary>Knows an agent's backend by its token, looked up by hash.</summary>
internal sealed class AgentTokenHandler(
    IOptionsMonitor<AuthenticationSchemeOptions> options, ILoggerFactory logger, UrlEncoder encoder, AgentSessions sessions)
    : AuthenticationHandler<AuthenticationSchemeOptions>(options, logger, encoder)
{
    public const string BackendClaim = "backend";

    protected override async Task<AuthenticateResult> HandleAuthenticateAsync()
    {
        if (CoordinatorAuthentication.BearerToken(Request) is not { } token)
        {
            return AuthenticateResult.NoResult();
        }

        if (await sessions.BackendOfTokenAsync(token, Context.RequestAborted) is not { } backendId)
        {
            return AuthenticateResult.Fail("Unknown, expired or revoked backend token.");
        }

        var identity = new ClaimsIdentity([new Claim(BackendClaim, backendId.ToString())], Scheme.Name);
        return AuthenticateResult.Success(new AuthenticationTicket(new ClaimsPrincipal(identity), Scheme.Name));
    }
}
