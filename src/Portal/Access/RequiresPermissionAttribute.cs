using JobServer.Domain.Access;
using Microsoft.AspNetCore.Authorization;

namespace JobServer.Portal.Access;

/// <summary>Names the permission of a page or endpoint. One that names none, and is not anonymous, is refused to everybody.</summary>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Method)]
internal sealed class RequiresPermissionAttribute(Permission permission, params Permission[] others) : AuthorizeAttribute, IAuthorizationRequirementData
{
    /// <summary>Any one of these will do. A refusal tells of the first.</summary>
    public IReadOnlyList<Permission> AnyOf { get; } = [permission, .. others];

    public IEnumerable<IAuthorizationRequirement> GetRequirements() => [new PermissionRequirement(AnyOf)];
}
