using JobServer.Portal.Ui;
using Microsoft.AspNetCore.Diagnostics;

namespace JobServer.Portal.SignIn;

/// <summary>The address of the sign-in page that brings people back to where they are.</summary>
internal static class SignInAddress
{
    /// <summary>Also from a page that says what went wrong, and from the sign-in page itself.</summary>
    public static string From(HttpContext context)
    {
        var failed = context.Features.Get<IStatusCodeReExecuteFeature>();
        var (path, query) = failed is null
            ? (context.Request.Path.Value, context.Request.QueryString.Value)
            : (failed.OriginalPath, failed.OriginalQueryString);
        var here = string.Equals(path, SignInLinks.Page(), StringComparison.OrdinalIgnoreCase) ? context.Request.Query["next"].ToString() : new PathString(path).ToUriComponent() + query;
        return SignInLinks.Page(LocalAddress.OrHome(here));
    }
}
