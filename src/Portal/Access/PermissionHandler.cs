using JobServer.Domain.Access;
using Microsoft.AspNetCore.Authorization;

namespace JobServer.Portal.Access;

/// <summary>Asks the policy table about the person and the project of the address.</summary>
internal sealed class PermissionHandler(IHttpContextAccessor accessor) : AuthorizationHandler<PermissionRequirement>
{
    protected override Task HandleRequirementAsync(AuthorizationHandlerContext context, PermissionRequirement requirement)
    {
        var http = (context.Resource as HttpContext) ?? accessor.HttpContext!;
        var rights = http.Rights();
        if (requirement.AnyOf.Any(rights.May))
        {
            context.Succeed(requirement);
        }
        else
        {
            http.Features.Set(PolicyTable.Decide(requirement.AnyOf[0], rights));
        }

        return Task.CompletedTask;
    }
}
