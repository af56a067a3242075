using JobServer.Domain.Access;
using JobServer.Portal.Access;

namespace JobServer.Portal.Backends;

internal static class BackendEndpoints
{
    public static void MapBackends(this IEndpointRouteBuilder endpoints)
    {
        var isPublic = new RequiresPermissionAttribute(Permission.ViewPublicPages);
        endpoints.MapGet("/status/live", (HttpContext context, BackendWatch watch) => watch.LiveAsync(context)).WithMetadata(isPublic);
        endpoints.MapGet("/status/{backend}", (HttpContext context, string backend, BackendWatch watch) => watch.HealthAsync(context, backend))
            .WithMetadata(isPublic);
    }
}
