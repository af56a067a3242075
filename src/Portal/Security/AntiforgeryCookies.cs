using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Mvc;

namespace JobServer.Portal.Security;

/// <summary>Names and flags of the small cookies every visitor gets.</summary>
internal static class AntiforgeryCookies
{
    /// <summary>Every browser that was shown a form of ours has it.</summary>
    public const string FormCookie = "jobserver.form";

    public static void Configure(AntiforgeryOptions options)
    {
        options.Cookie = Make(FormCookie);
        options.FormFieldName = "__form";
        // Our own policy says frame-ancestors; the older header would be in its way for sandboxed files.
        options.SuppressXFrameOptionsHeader = true;
    }

    public static void Configure(CookieTempDataProviderOptions options) => options.Cookie = Make("jobserver.flash");

    private static SiteCookie Make(string name) => new() { Name = name, HttpOnly = true, IsEssential = true, SameSite = SameSiteMode.Lax };
}
