using System.Runtime.ExceptionServices;
using System.Security.Claims;
using JobServer.Portal.Security;
using JobServer.Portal.Ui;
using JobServer.Portal.Users;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.Extensions.Options;

namespace JobServer.Portal.SignIn;

/// <summary>The cookie that names a server-side session, and nothing else.</summary>
internal static class SignInCookie
{
    public const string Scheme = "Portal";
    public const string Name = "jobserver.session";
    private const string SecretClaim = "session";

    public static IServiceCollection AddSignIn(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddOptions<SessionOptions>().BindConfiguration(SessionOptions.Section)
            .Validate(
                sessions => sessions.Idle > TimeSpan.Zero && sessions.Idle <= sessions.Absolute,
                "Portal:Sessions:Idle must be more than nothing and at most Portal:Sessions:Absolute.")
            .ValidateOnStart();
        services.AddSingleton<SignInSessions>();
        services.AddAuthentication(Scheme)
            .AddCookie(Scheme, cookie =>
            {
                cookie.Cookie = new SiteCookie { Name = Name, HttpOnly = true, IsEssential = true, SameSite = SameSiteMode.Lax };
                cookie.SlidingExpiration = false;
                cookie.Events.OnValidatePrincipal = ValidateAsync;
            })
            .AddGitHubSignIn(configuration);
        services.AddOptions<CookieAuthenticationOptions>(Scheme)
            .Configure<IOptions<SessionOptions>>((cookie, sessions) => cookie.ExpireTimeSpan = sessions.Value.Absolute);
        return services;
    }

    /// <summary>Signs the browser in; a sign-in that it had before is over.</summary>
    public static async Task SignInAsync(HttpContext context, int userId)
    {
        var sessions = context.RequestServices.GetRequiredService<SignInSessions>();
        if (SecretOf((await context.AuthenticateAsync(Scheme)).Principal) is { } before)
        {
            await sessions.EndAsync(before, context.RequestAborted);
        }

        var secret = await sessions.StartAsync(userId, context.RequestAborted);
        await context.SignInAsync(Scheme, new ClaimsPrincipal(new ClaimsIdentity([new Claim(SecretClaim, secret)], Scheme)));
    }

    public static async Task SignOutAsync(HttpContext context)
    {
        if (SecretOf(context) is { } secret)
        {
            await context.RequestServices.GetRequiredService<SignInSessions>().EndAsync(secret, context.RequestAborted);
        }

        await context.SignOutAsync(Scheme);
    }

    /// <summary>What this browser's cookie carries; null for a visitor.</summary>
    public static string? SecretOf(HttpContext context) => SecretOf(context.User);

    private static string? SecretOf(ClaimsPrincipal? principal) => principal?.FindFirst(SecretClaim)?.Value;

    private static async Task ValidateAsync(CookieValidatePrincipalContext context)
    {
        try
        {
            await CheckAsync(context);
        }
        catch (Exception error) when (!context.HttpContext.RequestAborted.IsCancellationRequested)
        {
            context.RejectPrincipal();
            context.HttpContext.Features.Set(new SignInFault(ExceptionDispatchInfo.Capture(error)));
        }
    }

    private static async Task CheckAsync(CookieValidatePrincipalContext context)
    {
        var sessions = context.HttpContext.RequestServices.GetRequiredService<SignInSessions>();
        var secret = SecretOf(context.Principal);
        var person = secret is null ? null : await sessions.FindAsync(secret, context.HttpContext.RequestAborted);
        if (person is null)
        {
            context.RejectPrincipal();
            return;
        }

        context.HttpContext.Features.Set(person);
        context.HttpContext.Features.Set(new AccountView(person.Name, person.Login, person.PictureKey is { } key ? UserLinks.Picture(key) : null));
    }
}
