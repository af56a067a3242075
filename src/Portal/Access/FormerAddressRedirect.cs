using JobServer.Data;
using JobServer.Data.Redirects;
using JobServer.Domain.Redirects;

namespace JobServer.Portal.Access;

/// <summary>Leads on from an address that an organisation, project or workspace had before. What has the address now comes first.</summary>
internal static class FormerAddressRedirect
{
    private static readonly string[] Names = ["org", "project", "workspace"];

    /// <param name="context">Of an address that names something that is not there.</param>
    /// <param name="db">Asked once.</param>
    /// <param name="found">How many of the names of the address are something today.</param>
    public static async Task AnswerAsync(HttpContext context, JobServerDb db, int found)
    {
        context.Response.StatusCode = StatusCodes.Status404NotFound;
        if (!HttpMethods.IsGet(context.Request.Method) && !HttpMethods.IsHead(context.Request.Method))
        {
            return;
        }

        string[] names = [.. Names.Select(name => context.GetRouteValue(name) as string).OfType<string>()];
        var paths = Enumerable.Range(found + 1, names.Length - found)
            .Select(count => FormerAddresses.PathOf(names.AsSpan(0, count)))
            .Where(path => path.Length <= Redirect.PathMaxLength)
            .ToList();
        if (await FormerAddresses.FindAsync(db, paths, context.RequestAborted) is not { } former)
        {
            return;
        }

        // A browser keeps this answer for ever unless told to ask again, and the address may get another owner.
        context.Response.Headers.CacheControl = "no-cache";
        context.Response.Headers.Location = context.Request.PathBase.ToUriComponent() + "/" + former.Now
            + Rest(context.Request.Path, former.Path.Split('/').Length).ToUriComponent() + context.Request.QueryString.ToUriComponent();
        context.Response.StatusCode = StatusCodes.Status301MovedPermanently;
    }

    /// <summary>What follows the first segments of a path.</summary>
    private static PathString Rest(PathString path, int segments)
    {
        var parts = path.Value!.Split('/');
        return parts.Length <= segments + 1 ? PathString.Empty : new PathString("/" + string.Join('/', parts[(segments + 1)..]));
    }
}
