using JobServer.Domain.Access;
using JobServer.Portal.Errors;
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
/// <summary>A refusal in words: what was tried, which roles allow it, who can give them.</summary>
internal static class Refusals
{
    public static AccessRefusal Of(AccessDecision decision) => new(
        char.ToUpperInvariant(decision.Row.Sentence[0]) + decision.Row.Sentence[1..],
        [.. decision.Row.Roles.Select(role => role.Name())],
        decision.Row.Roles.Count > 0 ? decision.Row.Roles[0].GivenBy() : "a Core Developer");

    /// <summary>For a handler that needs more than its page: the same page that explains other refusals.</summary>
    public static IActionResult Refuse(this HttpContext context, Permission permission)
    {
        context.Features.Set(Of(PolicyTable.Decide(permission, context.Rights())));
        return new StatusCodeResult(StatusCodes.Status403Forbidden);
    }
}
