using System.Security.Claims;
using System.Security.Cryptography;
using System.Text;
using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Authentication;
using Microsoft.Extensions.Options;

namespace JobServer.Coordinator.Authentication;

/// <summary>Admits Portals by the internal token of the settings, compared in constant time.</summary>
internal sealed class InternalTokenHandler(
    IOptionsMonitor<AuthenticationSchemeOptions> options, ILoggerFactory logger, UrlEncoder encoder, IOptions<CoordinatorOptions> coordinator)
    : AuthenticationHandler<AuthenticationSchemeOptions>(options, logger, encoder)
{
    protected override Task<AuthenticateResult> HandleAuthenticateAsync()
    {
        if (CoordinatorAuthentication.BearerToken(Request) is not { } token)
        {
            return Task.FromResult(AuthenticateResult.NoResult());
        }

        var expected = SHA256.HashData(Encoding.UTF8.GetBytes(coordinator.Value.InternalToken));
        var given = SHA256.HashData(Encoding.UTF8.GetBytes(token));
        return Task.FromResult(CryptographicOperations.FixedTimeEquals(expected, given)
            ? AuthenticateResult.Success(new AuthenticationTicket(new ClaimsPrincipal(new ClaimsIdentity(Scheme.Name)), Scheme.Name))
            : AuthenticateResult.Fail("Wrong internal token."));
    }
}
