using JobServer.Domain.Access;
using JobServer.Portal.Errors;
using Microsoft.AspNetCore.Mvc;

namespace JobServer.Portal.Access;

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
