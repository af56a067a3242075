using JobServer.Domain.Access;
using JobServer.Portal.Access;
using JobServer.Portal.Development;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.Extensions.Options;

namespace JobServer.Portal.Pages;

/// <summary>The steps from an idea to results, who may do what, and whom to ask.</summary>
[RequiresPermission(Permission.ViewPublicPages)]
internal sealed class HelpModel(IOptions<PortalOptions> options, MailFolder mail) : PageModel
{
    public PortalOptions Site => options.Value;

    /// <summary>A demonstration shows its messages instead of sending them.</summary>
    public bool ShowsMail => mail.IsThere && HttpContext.Person() is not null;
}
