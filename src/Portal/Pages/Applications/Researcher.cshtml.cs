using System.Globalization;
using JobServer.Data.Applications;
using JobServer.Domain.Access;
using JobServer.Domain.Applications.Forms;
using JobServer.Portal.Access;
using JobServer.Portal.Applications;
using JobServer.Portal.Ui;
using JobServer.Portal.Ui.Forms;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace JobServer.Portal.Pages.Applications;

/// <summary>One researcher of an application: added, changed or deleted.</summary>
[RequiresPermission(Permission.Apply)]
[KeepsTyped]
internal sealed class ResearcherModel(ApplicationReader applications, ApplicationAnswerWrites writes, KeptForms kept) : PageModel
{
    private const string RevisionField = "revision";

    public ApplicationView Current { get; private set; } = null!;

    public bool IsNew { get; private set; }

    public Answers Answers { get; private set; } = Answers.None;

    public int Revision { get; private set; }

    public KeptForm? Kept { get; private set; }

    public Answers? SavedMeanwhile { get; private set; }

    private ResearcherView? Saved { get; set; }

    private string BackToList => ApplicationLinks.Page(Current.PublicId, TeamPages.ResearchersKey);

    public async Task<IActionResult> OnGetAsync(CancellationToken cancellationToken)
    {
        if (!await LoadAsync(cancellationToken) || (Saved is null && !IsNew))
        {
            return NotFound();
        }

        Kept = Current.CanEdit ? kept.Find(HttpContext) : null;
        (Answers, Revision) = Kept?.Fields is not null
            ? (TypedAnswers.Read(ResearcherForm.Page, name => Kept[name]), RevisionOf(Kept[RevisionField]))
            : (Saved?.Answers ?? Answers.None, Saved?.Revision ?? 0);
        return Page();
    }

    public async Task<IActionResult> OnPostAsync(CancellationToken cancellationToken)
    {
        if (!await LoadAsync(cancellationToken))
        {
            return NotFound();
        }

        var sent = Request.Form;
        Answers = TypedAnswers.Read(ResearcherForm.Page, name => sent[name]);
        Revision = RevisionOf(sent[RevisionField]);
        TypedAnswers.CheckNeeded(ResearcherForm.Page, Answers, ModelState);
        TypedAnswers.Check(ResearcherForm.Page, Answers, ModelState);
        if (!ModelState.IsValid)
        {
            return Page();
        }

        var save = new SaveResearcher
        {
            ApplicationId = Current.Id,

            // One that was deleted in another window is added again.
            ResearcherId = Saved?.Id,
            Revision = Revision,
            Name = Answers[ResearcherForm.NameField],
            Answers = Answers.ToJson(),
        };
        return await AnswerAsync(Current.CanEdit ? await writes.SaveAsync(save, cancellationToken) : ApplicationOutcome.Closed, cancellationToken);
    }

    public async Task<IActionResult> OnPostDeleteAsync(CancellationToken cancellationToken)
    {
        if (!await LoadAsync(cancellationToken) || IsNew)
        {
            return NotFound();
        }

        var name = Saved?.Name ?? "The researcher";
        if (Current.CanEdit && (Saved is null
            || await writes.RemoveResearcherAsync(Current.Id, Saved.Id, cancellationToken) == ApplicationOutcome.Done))
        {
            TempData.Success($"{name} was deleted from the application.");
        }
        else
        {
            TempData.Warn("The application cannot be changed as it is now.");
        }

        return LocalRedirect(BackToList);
    }

    private async Task<IActionResult> AnswerAsync(ApplicationOutcome outcome, CancellationToken cancellationToken)
    {
        switch (outcome)
        {
            case ApplicationOutcome.Done:
                kept.Forget(HttpContext);
                TempData.Success($"{Answers[ResearcherForm.NameField]} was saved.");
                return LocalRedirect(BackToList);
            case ApplicationOutcome.TooMany:
                ModelState.AddModelError("", $"An application names at most {ApplicationAnswerWrites.MostResearchers} researchers.");
                return Page();
            case ApplicationOutcome.Closed:
                ModelState.AddModelError("", "This was not saved: the application cannot be changed as it is now. What you typed is still below, so that you can copy it.");
                return await LoadAsync(cancellationToken) ? Page() : NotFound();
            case ApplicationOutcome.ChangedMeanwhile:
                ModelState.AddModelError("", "This researcher was changed in another window since you opened the page, so yours was not saved yet. Both are shown below.");
                if (!await LoadAsync(cancellationToken))
                {
                    return NotFound();
                }

                (SavedMeanwhile, Revision) = (Saved?.Answers ?? Answers.None, Saved?.Revision ?? 0);
                return Page();
        }

        return Page();
    }

    /// <returns>False when there is no such address.</returns>
    private async Task<bool> LoadAsync(CancellationToken cancellationToken)
    {
        var word = RouteData.Values["researcher"] as string;
        IsNew = string.Equals(word, "add", StringComparison.OrdinalIgnoreCase);
        var id = 0;
        if ((!IsNew && !int.TryParse(word, NumberStyles.None, CultureInfo.InvariantCulture, out id))
            || await applications.FindAsync(HttpContext, cancellationToken) is not { } application)
        {
            return false;
        }

        Current = application;
        Saved = application.Researchers.FirstOrDefault(researcher => !IsNew && researcher.Id == id);
        return true;
    }

    private static int RevisionOf(string? text) => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var revision) ? revision : 0;
}
