using JobServer.Portal.Errors;
using JobServer.Portal.Releases;
using JobServer.Portal.Security;
using JobServer.Portal.SignIn;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace JobServer.Portal.Tests.Probes;

/// <summary>Endpoints that fail or answer in ways that real pages do rarely.</summary>
internal static class ProbeEndpoints
{
    /// <summary>Signs the browser in as somebody, without the page for it.</summary>
    public static string SignIn(int userId) => $"/probe/sign-in/{userId}";

    public static void Map(IEndpointRouteBuilder app)
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
        app.MapGet("/probe/sign-in/{userId:int}", async (HttpContext context, int userId) =>
        {
            await SignInCookie.SignInAsync(context, userId);
            return Results.NoContent();
        });
    }
}
