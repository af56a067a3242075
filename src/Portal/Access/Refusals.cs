using JobServer.Domain.Access;
using Microsoft.AspNetCore.Mvc;

namespace JobServer.Portal.Access;

/// <summary>Refusals by a handler that needs more than its page does, answered like those of a whole page.</summary>
internal static class Refusals
{
    /// <summary>Null when the person may.</summary>
    public static IActionResult? Refusal(this HttpContext context, Permission permission)
    {
        var decision = PolicyTable.Decide(permission, context.Rights());
        if (decision.IsAllowed)
            return null;
        if (decision.Row.HidesExistence)
            return new NotFoundResult();
        if (context.Person() is null)
            return new LocalRedirectResult(SignIn.SignInLinks.Page(context.Request.Path));
        context.Features.Set(RefusalHandler.RefusalOf(decision));
        return new StatusCodeResult(StatusCodes.Status403Forbidden);
    }
}
