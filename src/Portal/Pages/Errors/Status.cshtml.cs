using System.Diagnostics;
using JobServer.Portal.Access;
using JobServer.Portal.Errors;
using JobServer.Portal.Ui;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace JobServer.Portal.Pages.Errors;

/// <summary>What people see instead of a page. Re-executed as a GET whatever the failed request was.</summary>
[AllowAnonymous]
[ResponseCache(NoStore = true, Location = ResponseCacheLocation.None)]
internal sealed class StatusModel : PageModel
{
    [BindProperty(SupportsGet = true)]
    public int Code { get; set; }

    public AccessRefusal? Refusal => Code == StatusCodes.Status403Forbidden ? HttpContext.Features.Get<AccessRefusal>() : null;

    public PageProblem Problem => HttpContext.Features.Get<PageProblem>() ?? Code switch
    {
        400 => new("That request was not understood",
            "Something in the address or in the form was not as expected. Go back and try again."),
        403 when Refusal is not null => new("You may not do this",
            "You are signed in, but none of your roles allows this here."),
        403 => new("You may not do this", "Your roles do not allow this here. Ask the people who run the site."),
        404 => new("Page not found",
            $"There is nothing at this address, or it is not for you to see. Check the address{(HttpContext.Person() is null ? ", or sign in first" : "")}."),
        405 => new("Page not found", "This address cannot be used in this way."),
        429 => new("Too many requests", "Wait a minute, then try again."),
        503 => new("Busy or under maintenance", "The site cannot answer at the moment. Try again in a minute."),
        >= 500 => new("Something went wrong",
            "The fault is ours, and it was written down. What you last saved is safe. Try again in a minute."),
        _ => new("That did not work", "The request could not be carried out."),
    };

    /// <summary>The page that a refused form came from.</summary>
    public string? Back =>
        Uri.TryCreate(Request.Headers.Referer, UriKind.Absolute, out var from)
        && string.Equals(from.Authority, Request.Host.Value, StringComparison.OrdinalIgnoreCase)
        && LocalAddress.IsLocal(from.PathAndQuery)
            ? from.PathAndQuery
            : null;

    public string Reference => Activity.Current?.TraceId.ToString() ?? HttpContext.TraceIdentifier;

    public void OnGet() => Response.StatusCode = Code is >= 400 and <= 599 ? Code : StatusCodes.Status404NotFound;
}
