using Microsoft.AspNetCore.Mvc;

namespace JobServer.Portal.SignIn;

internal static class SignOutEndpoint
{
    /// <summary>By POST only, with the form's hidden token: no other site can sign anybody out.</summary>
    public static void MapSignOut(this IEndpointRouteBuilder endpoints) => endpoints
        .MapPost(SignInLinks.SignOut, async (HttpContext context, [FromForm] string? next) =>
        {
            _ = next;
            await SignInCookie.SignOutAsync(context);
            return Results.LocalRedirect("/");
        })
        .AllowAnonymous();
}
