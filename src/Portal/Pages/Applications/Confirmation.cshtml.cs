using System.Globalization;
using JobServer.Data.Applications;
using JobServer.Domain.Access;
using JobServer.Portal.Access;
using JobServer.Portal.Applications;
using JobServer.Portal.Ui;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace JobServer.Portal.Pages.Applications;

/// <summary>All answers, what is missing among them, and the submission.</summary>
[RequiresPermission(Permission.Apply)]
internal sealed class ConfirmationModel(ApplicationReader applications, ApplicationWrites writes) : PageModel
{
    public ApplicationView Current { get; private set; } = null!;

    public async Task<IActionResult> OnGetAsync(CancellationToken cancellationToken)
    {
        if (await applications.FindAsync(HttpContext, cancellationToken) is not { } found)
        {
            return NotFound();
        }

        Current = found;
        return Page();
    }

    public async Task<IActionResult> OnPostAsync(CancellationToken cancellationToken)
    {
        if (await applications.FindAsync(HttpContext, cancellationToken) is not { } found)
        {
            return NotFound();
        }

        Current = found;
        if (!found.CanEdit)
        {
            ModelState.AddModelError("", "It cannot be submitted as it is now, or it was submitted before.");
            return Page();
        }

        if (found.Gaps.Count > 0)
        {
            ModelState.AddModelError("", "It was not submitted: answers are missing. They are listed below.");
            return Page();
        }

        // What the person has seen is what is submitted: another window may have changed it since.
        var seen = int.TryParse(Request.Form["revision"], NumberStyles.None, CultureInfo.InvariantCulture, out var revision) ? revision : -1;
        if (await writes.SubmitAsync(found.Id, seen, HttpContext.Person()!.Id, found.StudyName, cancellationToken) != ApplicationOutcome.Done)
        {
            Current = await applications.FindAsync(HttpContext, cancellationToken) ?? found;
            ModelState.AddModelError("", "It was changed in another window since you opened this page, so it was not submitted. Look at the answers again.");
            return Page();
        }

        TempData.Success($"The application for “{found.StudyName}” was submitted. This page shows what the reviewers decide.");
        return LocalRedirect(ApplicationLinks.List);
    }
}
