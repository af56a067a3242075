using System.Runtime.ExceptionServices;
using Microsoft.AspNetCore.Diagnostics;

namespace JobServer.Portal.SignIn;

/// <summary>
/// Why it could not be found out who somebody is. The framework would throw a failure of a sign-in check again for the
/// page that tells of the fault, so the check keeps it and it is thrown once, after the check.
/// </summary>
internal sealed record SignInFault(ExceptionDispatchInfo Error)
{
    public static void UseAfterAuthentication(IApplicationBuilder app) => app.Use((context, next) =>
    {
        if (context.Features.Get<SignInFault>() is { } fault && context.Features.Get<IExceptionHandlerFeature>() is null)
        {
            fault.Error.Throw();
        }

        return next(context);
    });
}
