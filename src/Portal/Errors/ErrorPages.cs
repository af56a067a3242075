using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Diagnostics;

namespace JobServer.Portal.Errors;

internal static class ErrorPages
{
    /// <summary>A page for people, problem details for the API, with the same status code.</summary>
    public static void UseErrorPages(this WebApplication app)
    {
        app.UseWhen(IsApi, api =>
        {
            api.UseExceptionHandler();
            api.UseStatusCodePages();
        });
        app.UseWhen(context => !IsApi(context), pages =>
        {
            pages.UseExceptionHandler("/errors/500");
            pages.UseStatusCodePagesWithReExecute("/errors/{0}");
            pages.Use(AsPlainGet);
        });
    }

    /// <summary>
    /// The error page answers whatever was sent: as a GET without the form, which may be why the request failed.
    /// </summary>
    private static Task AsPlainGet(HttpContext context, RequestDelegate next)
    {
        if (context.Features.Get<IStatusCodeReExecuteFeature>() is not null || context.Features.Get<IExceptionHandlerFeature>() is not null)
        {
            if (context.Features.Get<IAntiforgeryValidationFeature>() is { IsValid: false } && context.Features.Get<PageProblem>() is null)
                context.Features.Set(PageProblem.StaleForm);
            context.Features.Set<IAntiforgeryValidationFeature>(null);
            context.Request.ContentType = null;
            if (!HttpMethods.IsHead(context.Request.Method))
                context.Request.Method = HttpMethods.Get;
        }

        return next(context);
    }

    private static bool IsApi(HttpContext context) => context.Request.Path.StartsWithSegments("/api", StringComparison.OrdinalIgnoreCase);
}
