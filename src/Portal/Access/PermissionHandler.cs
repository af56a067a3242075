using JobServer.Domain.Access;
using Microsoft.AspNetCore.Authorization;

namespace JobServer.Portal.Access;

/// <summary>Asks the policy table about the person and the project of the address.</summary>
internal sealed class PermissionHandler(IHttpContextAccessor accessor) : AuthorizationHandler<PermissionRequirement>
{
    protected override Task HandleRequirementAsync(AuthorizationHandlerContext context, PermissionRequirement requirement)
    {
        var http = (context.Resource as HttpContext) ?? accessor.HttpContext!;
        var decision = PolicyTable.Decide(requirement.Permission, http.Rights());
        if (decision.IsAllowed)
        {
            context.Succeed(requirement);
        }
        else
        {
            http.Features.Set(decision);
        }

        return Task.CompletedTask;
    }
}
