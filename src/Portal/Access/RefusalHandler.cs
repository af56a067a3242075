using JobServer.Domain.Access;
using JobServer.Portal.SignIn;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Authorization.Policy;

namespace JobServer.Portal.Access;

/// <summary>Turns a refusal into the way on: sign in, not found where existence is private, or a page that says who can help.</summary>
internal sealed class RefusalHandler : IAuthorizationMiddlewareResultHandler
{
    public Task HandleAsync(RequestDelegate next, HttpContext context, AuthorizationPolicy policy, PolicyAuthorizationResult authorizeResult)
    {
        if (authorizeResult.Succeeded)
        {
            return next(context);
        }

        Answer(context, context.Features.Get<AccessDecision>());
        return Task.CompletedTask;
    }

    /// <summary>Answers with the way on. Null where no permission was asked for.</summary>
    public static void Answer(HttpContext context, AccessDecision? decision)
    {
        if (decision is null or { Row.HidesExistence: true })
        {
            context.Response.StatusCode = StatusCodes.Status404NotFound;
        }
        else if (context.Person() is null)
        {
            AskToSignIn(context);
        }
        else
        {
            context.Response.StatusCode = StatusCodes.Status403Forbidden;
            var (organisation, project) = (context.Resources().Organisation, context.Resources().Project);
            context.Features.Set(Refusals.Of(decision, project is null ? null : $"{organisation!.Slug}/{project.Slug}"));
        }
    }

    private static void AskToSignIn(HttpContext context)
    {
        if (context.Request.Path.StartsWithSegments("/api", StringComparison.OrdinalIgnoreCase))
        {
            context.Response.StatusCode = StatusCodes.Status401Unauthorized;
            return;
        }

        // A form that was sent cannot be sent again by a redirect; the page it was on can be reached again.
        var back = HttpMethods.IsGet(context.Request.Method) ? context.Request.Path + context.Request.QueryString : context.Request.Path.Value!;
        context.Response.Redirect(SignInLinks.Page(back));
    }
}
