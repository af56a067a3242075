using Microsoft.Extensions.Options;

namespace JobServer.Portal.Security;

/// <summary>Puts the security headers on every response, also on errors and static files.</summary>
internal sealed class SecurityHeadersMiddleware(RequestDelegate next, IOptions<SecurityHeaderOptions> options)
{
    private readonly ContentPolicy _site = ContentPolicy.Site(options.Value.FormTargets);

    public Task InvokeAsync(HttpContext context)
    {
        // The exception handler clears headers that were set before it, so they are set last.
        context.Response.OnStarting(static state =>
        {
            var (http, site) = ((HttpContext, ContentPolicy))state;
            Write(http.Response.Headers, http.Features.Get<ContentPolicy>() ?? site);
            return Task.CompletedTask;
        }, (context, _site));
        return next(context);
    }

    private static void Write(IHeaderDictionary headers, ContentPolicy policy)
    {
        headers.ContentSecurityPolicy = policy.Csp;
        headers.XContentTypeOptions = "nosniff";
        headers["Referrer-Policy"] = "same-origin";
        headers["Permissions-Policy"] =
            "camera=(), geolocation=(), microphone=(), payment=(), usb=(), browsing-topics=()";
        headers["Cross-Origin-Opener-Policy"] = "same-origin";
        headers["Cross-Origin-Resource-Policy"] = policy.ResourcePolicy;
        headers["X-Permitted-Cross-Domain-Policies"] = "none";
    }
}
