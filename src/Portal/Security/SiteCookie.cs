using System.Net;

namespace JobServer.Portal.Security;

/// <summary>A cookie that travels over TLS alone, except on this machine and in Development, where there may be none.</summary>
internal sealed class SiteCookie : CookieBuilder
{
    public override CookieOptions Build(HttpContext context, DateTimeOffset expiresFrom)
    {
        var options = base.Build(context, expiresFrom);
        options.Secure = NeedsTls(context);
        return options;
    }

    /// <summary>True also behind a proxy that ends TLS and does not say so: browsers see <c>https</c>.</summary>
    public static bool NeedsTls(HttpContext context) =>
        context.Request.IsHttps
        || !(IsLoopback(context.Request.Host.Host) || context.RequestServices.GetRequiredService<IHostEnvironment>().IsDevelopment());

    private static bool IsLoopback(string host) =>
        string.Equals(host, "localhost", StringComparison.OrdinalIgnoreCase)
        || (IPAddress.TryParse(host.Trim('[', ']'), out var address) && IPAddress.IsLoopback(address));
}
