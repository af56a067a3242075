using JobServer.Data.Applications;
using JobServer.Domain.Access;
using JobServer.Domain.Applications.Forms;
using JobServer.Portal.Access;
using JobServer.Portal.Applications;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.Extensions.Options;

namespace JobServer.Portal.Pages.Apply;

/// <summary>Agreeing to the terms makes the application.</summary>
[RequiresPermission(Permission.Apply)]
internal sealed class TermsModel(ApplicationWrites applications, ApplicationForm form, IOptions<ApplicationOptions> options) : PageModel
{
    public IReadOnlyList<string> Terms => options.Value.Paragraphs;

    public async Task<IActionResult> OnPostAsync(CancellationToken cancellationToken)
    {
        if (await applications.StartAsync(HttpContext.Person()!.Id, cancellationToken) is { } publicId)
        {
            return LocalRedirect(ApplicationLinks.Page(publicId, form.Pages[0].Key));
        }

        ModelState.AddModelError(
            "", $"You have {ApplicationWrites.MostUnsubmitted} applications that were not submitted. Go on with one of them, or delete one from your list of applications.");
        return Page();
    }
}
