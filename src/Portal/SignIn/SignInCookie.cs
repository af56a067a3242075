using System.Runtime.ExceptionServices;
using System.Security.Claims;
using JobServer.Portal.Ui;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;

namespace JobServer.Portal.SignIn;

/// <summary>The cookie that names a server-side session, and nothing else.</summary>
internal static class SignInCookie
{
    public const string Scheme = "Portal";
    private const string SecretClaim = "session";

    public static IServiceCollection AddSignIn(this IServiceCollection services)
    {
        services.AddSingleton<SignInSessions>();
        services.AddAuthentication(Scheme).AddCookie(Scheme, cookie =>
        {
            cookie.Cookie.Name = "jobserver.session";
            cookie.Cookie.HttpOnly = true;
            cookie.Cookie.SameSite = SameSiteMode.Lax;
            cookie.Cookie.SecurePolicy = CookieSecurePolicy.SameAsRequest;
            cookie.ExpireTimeSpan = TimeSpan.FromDays(14);
            cookie.SlidingExpiration = false;
            cookie.Events.OnValidatePrincipal = ValidateAsync;
        });
        return services;
    }

    public static async Task SignInAsync(HttpContext context, int userId)
    {
        var sessions = context.RequestServices.GetRequiredService<SignInSessions>();
        var secret = await sessions.StartAsync(userId, context.RequestAborted);
        await context.SignInAsync(Scheme, new ClaimsPrincipal(new ClaimsIdentity([new Claim(SecretClaim, secret)], Scheme)));
    }

    public static async Task SignOutAsync(HttpContext context)
    {
        if (context.User.FindFirst(SecretClaim)?.Value is { } secret)
        {
            await context.RequestServices.GetRequiredService<SignInSessions>().EndAsync(secret, context.RequestAborted);
        }

        await context.SignOutAsync(Scheme);
    }

    /// <summary>For answers that go on for long: whether the person who opened them is still signed in. True for a visitor.</summary>
    public static async Task<bool> IsStillValidAsync(HttpContext context, CancellationToken cancellationToken)
    {
        if (context.User.FindFirst(SecretClaim)?.Value is not { } secret)
        {
            return true;
        }

        return await context.RequestServices.GetRequiredService<SignInSessions>().FindAsync(secret, cancellationToken) is not null;
    }

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
        var secret = context.Principal?.FindFirst(SecretClaim)?.Value;
        var person = secret is null ? null : await sessions.FindAsync(secret, context.HttpContext.RequestAborted);
        if (person is null)
        {
            context.RejectPrincipal();
            return;
        }

        context.HttpContext.Features.Set(person);
        context.HttpContext.Features.Set(new AccountView(person.Name, person.Login, PictureAddress: null));
    }
}
