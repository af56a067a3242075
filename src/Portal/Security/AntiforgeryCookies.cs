using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Mvc;

namespace JobServer.Portal.Security;

/// <summary>Names and flags of the small cookies every visitor gets.</summary>
internal static class AntiforgeryCookies
{
    public static void Configure(AntiforgeryOptions options)
    {
        Harden(options.Cookie, "jobserver.form");
        options.FormFieldName = "__form";
        // Our own policy says frame-ancestors; the older header would be in its way for sandboxed files.
        options.SuppressXFrameOptionsHeader = true;
    }

    public static void Configure(CookieTempDataProviderOptions options) => Harden(options.Cookie, "jobserver.flash");

    private static void Harden(CookieBuilder cookie, string name)
    {
        cookie.Name = name;
        cookie.HttpOnly = true;
        cookie.IsEssential = true;
        cookie.SameSite = SameSiteMode.Lax;
        cookie.SecurePolicy = CookieSecurePolicy.SameAsRequest;
    }
}
