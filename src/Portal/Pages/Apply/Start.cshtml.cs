using JobServer.Domain.Access;
using JobServer.Domain.Applications.Forms;
using JobServer.Portal.Access;
using JobServer.Portal.Applications;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.Extensions.Options;

namespace JobServer.Portal.Pages.Apply;

/// <summary>What an application is, for everybody.</summary>
[RequiresPermission(Permission.ViewPublicPages)]
internal sealed class StartModel(ApplicationForm form, IOptions<ApplicationOptions> options, IOptions<PortalOptions> site) : PageModel
{
    public int PageCount => form.Pages.Count;

    public IReadOnlyList<string> DataSets => options.Value.Forms.DataSets;

    public string PrivacyContact => options.Value.PrivacyContact.Length > 0 ? options.Value.PrivacyContact : site.Value.ContactAddress;

    public bool IsSignedIn => HttpContext.Person() is not null;
}
