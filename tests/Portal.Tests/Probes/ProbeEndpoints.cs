using JobServer.Portal.Errors;
using JobServer.Portal.Releases;
using JobServer.Portal.Security;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace JobServer.Portal.Tests.Probes;

/// <summary>Endpoints that fail or answer in ways that real pages do rarely.</summary>
internal static class ProbeEndpoints
{
    public static void Map(WebApplication app)
    {
        app.MapGet("/probe/throw", new Func<string>(() => throw new InvalidOperationException("the secret inside")));
        app.MapGet("/api/v2/probe/throw", new Func<string>(() => throw new InvalidOperationException("the secret inside")));
        app.MapGet("/probe/forbidden", (HttpContext context) =>
        {
            context.Features.Set(new AccessRefusal("Run jobs in this project", ["Project Developer"], "A Core Developer"));
            return Results.StatusCode(StatusCodes.Status403Forbidden);
        });
        app.MapGet("/probe/study.html", (HttpContext context) =>
        {
            context.UseStudyContentPolicy();
            return Results.Text("<script>alert(1)</script>", FileTypes.ContentType("study.html"));
        });
    }
}
