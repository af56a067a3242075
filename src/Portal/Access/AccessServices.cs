using JobServer.Portal.Access.Explaining;
using JobServer.Portal.Admin;
using JobServer.Portal.Admin.Members;
using Microsoft.AspNetCore.Authorization;

namespace JobServer.Portal.Access;

internal static class AccessServices
{
    public static IServiceCollection AddAccess(this IServiceCollection services)
    {
        services.AddHttpContextAccessor();
        services.AddSingleton<ReservedWords>();
        services.AddScoped<AccessExplainer>();
        services.AddScoped<AdminSearch>();
        services.AddScoped<MemberLists>();
        services.AddSingleton<IAuthorizationHandler, PermissionHandler>();
        services.AddSingleton<IAuthorizationMiddlewareResultHandler, RefusalHandler>();
        services.AddAuthorizationBuilder()

            // The permission itself decides; it may well allow visitors.
            .SetDefaultPolicy(new AuthorizationPolicyBuilder().RequireAssertion(_ => true).Build())

            // An endpoint that names no permission is a mistake, and closed. Where there is none, it is "not found".
            .SetFallbackPolicy(new AuthorizationPolicyBuilder().RequireAssertion(access => access.Resource is HttpContext context && context.GetEndpoint() is null).Build());
        return services;
    }
}
