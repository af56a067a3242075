using JobServer.Domain.Access;
using JobServer.Portal.Admin;
using JobServer.Portal.Errors;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace JobServer.Portal.Access;

/// <summary>A refusal in words, and as the answer of a form handler that needs more than the page it is on.</summary>
internal static class Refusals
{
    public static AccessRefusal Of(AccessDecision decision, string? project) => new(
        char.ToUpperInvariant(decision.Row.Sentence[0]) + decision.Row.Sentence[1..],
        [.. decision.Row.Roles.Select(role => role.Name())],
        decision.Row.Roles.Count > 0 ? decision.Row.Roles[0].GivenBy() : "a Core Developer",
        AdminLinks.Why(decision.Row.Permission.ToString(), project));

    /// <summary>
    /// Null when the person may; otherwise the answer to return: the way to sign in, not found where existence is
    /// private, or the page that says which role is missing and who can give it.
    /// </summary>
    public static IActionResult? Refusal(this HttpContext context, Permission permission)
    {
        var decision = PolicyTable.Decide(permission, context.Rights());
        return decision.IsAllowed ? null : new RefusedResult(decision);
    }

    public static IActionResult? Refuse(this PageModel page, Permission permission) => page.HttpContext.Refusal(permission);

    private sealed class RefusedResult(AccessDecision decision) : ActionResult
    {
        public override void ExecuteResult(ActionContext context) => RefusalHandler.Answer(context.HttpContext, decision);
    }
}
