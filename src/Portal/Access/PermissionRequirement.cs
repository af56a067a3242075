using JobServer.Domain.Access;
using Microsoft.AspNetCore.Authorization;

namespace JobServer.Portal.Access;

internal sealed record PermissionRequirement(IReadOnlyList<Permission> AnyOf) : IAuthorizationRequirement;
