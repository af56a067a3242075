using JobServer.Domain.Access;
using Microsoft.AspNetCore.Authorization;

namespace JobServer.Portal.Access;

/// <summary>Names the permission of a page or endpoint. One that names none, and is not anonymous, is refused to everybody.</summary>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Method)]
internal sealed class RequiresPermissionAttribute(Permission permission) : AuthorizeAttribute, IAuthorizationRequirementData
{
    public Permission Permission { get; } = permission;

    public IEnumerable<IAuthorizationRequirement> GetRequirements() => [new PermissionRequirement(Permission)];
}
