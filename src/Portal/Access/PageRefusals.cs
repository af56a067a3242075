using JobServer.Domain.Access;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace JobServer.Portal.Access;

/// <summary>For form handlers that need more than the page they are on.</summary>
internal static class PageRefusals
{
    /// <summary>
    /// Null when the person may; otherwise the answer to return: the way to sign in, not found where existence is
    /// private, or the page that says which role is missing and who can give it.
    /// </summary>
    public static IActionResult? Refuse(this PageModel page, Permission permission)
    {
        var decision = PolicyTable.Decide(permission, page.HttpContext.Rights());
        return decision.IsAllowed ? null : new RefusedResult(decision);
    }

    private sealed class RefusedResult(AccessDecision decision) : ActionResult
    {
        public override void ExecuteResult(ActionContext context) => RefusalHandler.Answer(context.HttpContext, decision);
    }
}
