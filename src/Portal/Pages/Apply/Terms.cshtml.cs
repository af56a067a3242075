using JobServer.Data.Applications;
using JobServer.Domain.Access;
using JobServer.Domain.Applications.Forms;
using JobServer.Portal.Access;
using JobServer.Portal.Applications;
using JobServer.Portal.Limits;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.Extensions.Options;

namespace JobServer.Portal.Pages.Apply;

/// <summary>Agreeing to the terms makes the application.</summary>
[RequiresPermission(Permission.Apply)]
[Limited(Limit.Submit)]
internal sealed class TermsModel(
    ApplicationWrites applications, ApplicationForm form, StartKeys keys, IHostApplicationLifetime lifetime, Random random, IOptions<ApplicationOptions> options) : PageModel
{
    /// <summary>Of the form: however often it is sent, it makes one application.</summary>
    public string NewKey => StartKeys.New(random);

    public IReadOnlyList<string> Terms => options.Value.Paragraphs;

    public async Task<IActionResult> OnPostAsync([FromForm] string? key)
    {
        // The first click of two is aborted by the browser: the application must not end with it.
        var person = HttpContext.Person()!.Id;
        var stopping = lifetime.ApplicationStopping;
        var started = key is { Length: StartKeys.Length }
            ? await keys.OnceAsync($"{person}/{key}", () => applications.StartAsync(person, stopping))
            : await applications.StartAsync(person, stopping);
        if (started is { } publicId)
        {
            return LocalRedirect(ApplicationLinks.Page(publicId, form.Pages[0].Key));
        }

        ModelState.AddModelError(
            "", $"You have {ApplicationWrites.MostUnsubmitted} applications that were not submitted. Go on with one of them, or delete one from your list of applications.");
        return Page();
    }
}
