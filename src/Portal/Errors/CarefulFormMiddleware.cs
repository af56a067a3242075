using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Options;

namespace JobServer.Portal.Errors;

/// <summary>Answers a form that cannot be read with 400 and what to do, whoever came upon it.</summary>
internal sealed class CarefulFormMiddleware(RequestDelegate next, IOptions<FormOptions> limits)
{
    private static readonly PageProblem Unreadable = new(
        "This form cannot be read",
        "Nothing was saved. It has characters that no text has, is far too long, or is not a form of this site. Go back, type the text again instead of pasting it, and send it again.");

    public async Task InvokeAsync(HttpContext context)
    {
        // The page that tells of an error comes this way once more, and reads no form.
        var form = new CarefulForm(context.Request, limits.Value);
        context.Features.Set<IFormFeature>(form);
        try
        {
            await next(context);
        }
        catch (InvalidDataException) when (form.IsUnreadable && !context.Response.HasStarted)
        {
            context.Response.StatusCode = StatusCodes.Status400BadRequest;
        }

        if (form.IsUnreadable && context.Response.StatusCode == StatusCodes.Status400BadRequest)
        {
            context.Features.Set(Unreadable);
        }
    }
}
