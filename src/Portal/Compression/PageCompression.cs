using JobServer.Portal.Security;
using JobServer.Portal.SignIn;
using Microsoft.AspNetCore.ResponseCompression;
using Microsoft.Extensions.Options;

namespace JobServer.Portal.Compression;

/// <summary>
/// Compresses pages, and only where another site could not have asked for them. Who sees the lengths of encrypted answers
/// and can make somebody's browser ask for a page with a text of their choice in its address can guess what else the page
/// says, one letter at a time; so a page for a signed-in person is compressed only for a request that began at this site
/// or in the browser's address bar.
/// </summary>
internal sealed class PageCompression(IServiceProvider services, IOptions<ResponseCompressionOptions> options)
    : ResponseCompressionProvider(services, options)
{
    private const string WhereItBegan = "Sec-Fetch-Site";

    /// <summary>A study's file goes out with its length, byte for byte as it was released.</summary>
    public override bool ShouldCompressResponse(HttpContext context) =>
        !CouldBeAskedForByAnotherSite(context.Request)
        && !ReferenceEquals(context.Features.Get<ContentPolicy>(), ContentPolicy.StudyContent)
        && base.ShouldCompressResponse(context);

    /// <summary>A visitor's page says nothing that the other site could not read by itself. Old browsers do not say where a request began.</summary>
    private static bool CouldBeAskedForByAnotherSite(HttpRequest request) =>
        request.Cookies.ContainsKey(SignInCookie.Name) && request.Headers[WhereItBegan].ToString() is not ("same-origin" or "none");
}
