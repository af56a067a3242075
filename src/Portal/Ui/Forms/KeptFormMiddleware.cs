using JobServer.Portal.Access;
using Microsoft.AspNetCore.Antiforgery;

namespace JobServer.Portal.Ui.Forms;

/// <summary>
/// Before a form is refused because the sign-in has ended, or because another sign-in began since the page was
/// opened: keeps what was typed, for the pages that ask for that by <see cref="KeepsTypedAttribute"/>.
/// </summary>
internal sealed class KeptFormMiddleware(RequestDelegate next)
{
    public async Task InvokeAsync(HttpContext context, KeptForms kept, IAntiforgery antiforgery)
    {
        if (!HttpMethods.IsPost(context.Request.Method) || context.GetEndpoint()?.Metadata.GetMetadata<KeepsTypedAttribute>() is null)
        {
            await next(context);
            return;
        }

        await ReadAsync(context.Request);
        if (context.Person() is null)
        {
            await kept.KeepAsync(context);
        }
        else if (!await antiforgery.IsRequestValidAsync(context) && await kept.KeepAsync(context))
        {
            // The same page, with a form that is valid and what was typed in it.
            context.Response.StatusCode = StatusCodes.Status303SeeOther;
            context.Response.Headers.Location = context.Request.Path.ToUriComponent();
            return;
        }

        await next(context);
    }

    /// <summary>A form that cannot be read is told so, before anybody asks who sent it.</summary>
    private static async Task ReadAsync(HttpRequest request)
    {
        if (!request.HasFormContentType || request.ContentLength is <= KeptForms.LongestForm)
        {
            await request.ReadFormAsync(request.HttpContext.RequestAborted);
        }
    }
}
