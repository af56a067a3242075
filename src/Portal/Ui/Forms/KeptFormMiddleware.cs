using JobServer.Portal.Access;
using JobServer.Portal.Errors;
using Microsoft.AspNetCore.Antiforgery;

namespace JobServer.Portal.Ui.Forms;

/// <summary>
/// Before a form is refused because the sign-in has ended, or because another sign-in began since the page was
/// opened: keeps what was typed, for the pages that ask for that by <see cref="KeepsTypedAttribute"/>.
/// </summary>
internal sealed class KeptFormMiddleware(RequestDelegate next)
{
    private static readonly PageProblem Unreadable = new(
        "This form cannot be read",
        "Nothing was saved. It has characters that no text has, or it is not a form of this site. Go back, type the text again instead of pasting it, and send it again.");

    public async Task InvokeAsync(HttpContext context, KeptForms kept, IAntiforgery antiforgery)
    {
        if (!HttpMethods.IsPost(context.Request.Method) || context.GetEndpoint()?.Metadata.GetMetadata<KeepsTypedAttribute>() is null)
        {
            await next(context);
            return;
        }

        if (!await CanReadAsync(context.Request))
        {
            context.Features.Set(Unreadable);
            context.Response.StatusCode = StatusCodes.Status400BadRequest;
            return;
        }

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

    /// <summary>The framework answers an encoded NUL with an exception of its own.</summary>
    private static async Task<bool> CanReadAsync(HttpRequest request)
    {
        if (!request.HasFormContentType || request.ContentLength is null or > KeptForms.LongestForm)
        {
            return request.HasFormContentType;
        }

        try
        {
            await request.ReadFormAsync(request.HttpContext.RequestAborted);
            return true;
        }
        catch (Exception error) when (error is InvalidOperationException or InvalidDataException)
        {
            return false;
        }
    }
}
