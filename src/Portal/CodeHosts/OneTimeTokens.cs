using System.Globalization;
using System.Security.Cryptography;
using JobServer.Portal.Access;
using JobServer.Portal.Security;
using JobServer.Portal.Workspaces;
using Microsoft.AspNetCore.DataProtection;

namespace JobServer.Portal.CodeHosts;

/// <summary>
/// A token for one workspace's repository, kept encrypted in the person's own browser for 15 minutes and nowhere
/// else. The browser sends it to the pages of that workspace alone; no script can read it.
/// </summary>
internal sealed class OneTimeTokens(IDataProtectionProvider protection, TimeProvider time)
{
    public const string Cookie = "jobserver.token";
    public const int MaxLength = 255;
    public static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(15);

    /// <returns>Null when the text may be a token, otherwise why not. Never repeats the text.</returns>
    public static string? Problem(string? token) => token switch
    {
        null or "" => "Enter a token.",
        { Length: > MaxLength } => $"A token has at most {MaxLength} characters.",
        _ when token.Any(letter => !char.IsAscii(letter) || char.IsControl(letter) || letter == ' ') =>
            "A token has no spaces and no letters beyond a to z. Copy it again.",
        _ => null,
    };

    /// <summary>Gives the browser a token for the workspace; it replaces one that is there.</summary>
    public void Set(HttpContext context, string org, string project, string workspace, int workspaceId, string token)
    {
        var until = time.GetUtcNow() + Lifetime;
        var value = Protector(context, workspaceId).Protect($"{until.ToUnixTimeSeconds()} {token}");
        context.Response.Cookies.Append(Cookie, value, Options(context, org, project, workspace, Lifetime));
    }

    /// <summary>The token of the workspace at hand; null when there is none, it lapsed, or it is not this person's.</summary>
    public string? Read(HttpContext context) => Find(context)?.Token;

    /// <summary>Until when the token of the workspace at hand can be used; null when there is none.</summary>
    public DateTimeOffset? ReadExpiry(HttpContext context) => Find(context)?.Until;

    /// <summary>Takes the token of the workspace at hand out of the browser. After a submit, and when the person says so.</summary>
    public void Drop(HttpContext context)
    {
        var (org, project, workspace) = (context.Organisation().Slug, context.Project().Slug, context.Workspace().Slug);
        context.Response.Cookies.Delete(Cookie, Options(context, org, project, workspace, lifetime: null));
    }

    private (DateTimeOffset Until, string Token)? Find(HttpContext context)
    {
        if (context.Request.Cookies[Cookie] is not { Length: > 0 } value || context.Person() is null || context.Resources().Workspace is not { } workspace)
        {
            return null;
        }

        try
        {
            var text = Protector(context, workspace.Id).Unprotect(value);
            var space = text.IndexOf(' ', StringComparison.Ordinal);
            var until = DateTimeOffset.FromUnixTimeSeconds(long.Parse(text.AsSpan(0, space), NumberStyles.None, CultureInfo.InvariantCulture));
            return until > time.GetUtcNow() ? (until, text[(space + 1)..]) : null;
        }
        catch (CryptographicException)
        {
            return null;
        }
    }

    /// <summary>Bound to person and workspace: a cookie that was copied opens nothing else.</summary>
    private IDataProtector Protector(HttpContext context, int workspaceId) =>
        protection.CreateProtector("JobServer.OneTimeToken", $"workspace:{workspaceId}", $"user:{context.Person()!.Id}");

    private static CookieOptions Options(HttpContext context, string org, string project, string workspace, TimeSpan? lifetime) => new()
    {
        Path = WorkspaceLinks.Page(org, project, workspace),
        HttpOnly = true,
        IsEssential = true,
        SameSite = SameSiteMode.Lax,
        Secure = SiteCookie.NeedsTls(context),
        MaxAge = lifetime,
    };
}
