using System.Globalization;
using JobServer.Data;
using JobServer.Data.Applications;
using JobServer.Domain.Access;
using JobServer.Domain.Applications.Forms;
using JobServer.Portal.Access;
using JobServer.Portal.Applications;
using JobServer.Portal.Ui;
using JobServer.Portal.Ui.Forms;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;

namespace JobServer.Portal.Pages.Applications;

/// <summary>One page of an application. It is saved however little is filled in; only what is malformed is refused.</summary>
[RequiresPermission(Permission.Apply)]
[KeepsTyped]
internal sealed class FormModel(
    JobServerDb db, ApplicationReader applications, ApplicationForm forms, ApplicationAnswerWrites writes, KeptForms kept) : PageModel
{
    private const string RevisionField = "revision";

    public ApplicationView Current { get; private set; } = null!;

    public FormPage Form { get; private set; } = null!;

    /// <summary>What the form shows: saved, typed, or kept from before the sign-in.</summary>
    public Answers Answers { get; private set; } = Answers.None;

    /// <summary>Of the saved page that the form was filled in from; empty for none.</summary>
    public string Revision { get; private set; } = "";

    public KeptForm? Kept { get; private set; }

    /// <summary>What stands against the typed answers because another window saved it.</summary>
    public Answers? SavedMeanwhile { get; private set; }

    public async Task<IActionResult> OnGetAsync(CancellationToken cancellationToken)
    {
        if (await LoadAsync(cancellationToken) is { } refusal)
        {
            return refusal;
        }

        Kept = Current.CanEdit ? kept.Find(HttpContext) : null;
        if (Kept?.Fields is not null)
        {
            Answers = TypedAnswers.Read(Form, name => Kept[name]);
            Revision = RevisionOf(Kept[RevisionField])?.ToString(CultureInfo.InvariantCulture) ?? "";
            TypedAnswers.Check(Form, Answers, ModelState);
        }
        else
        {
            Answers = Current.Saved.GetValueOrDefault(Form.Key)?.Answers ?? await SuggestedAsync(cancellationToken);
            Revision = SavedRevision;
        }

        return Page();
    }

    public async Task<IActionResult> OnPostAsync(CancellationToken cancellationToken)
    {
        if (await LoadAsync(cancellationToken) is { } refusal)
        {
            return refusal;
        }

        var sent = Request.Form;
        Answers = TypedAnswers.Read(Form, name => sent[name]);
        Revision = RevisionOf(sent[RevisionField])?.ToString(CultureInfo.InvariantCulture) ?? "";
        TypedAnswers.Check(Form, Answers, ModelState);
        if (!ModelState.IsValid)
        {
            return Page();
        }

        var outcome = Current.CanEdit
            ? await writes.SaveAsync(
                new SavePage
                {
                    ApplicationId = Current.Id,
                    Key = Form.Key,
                    Answers = Answers.ToJson(),
                    Revision = RevisionOf(Revision),
                    PersonId = HttpContext.Person()!.Id,
                },
                cancellationToken)
            : ApplicationOutcome.Closed;
        return await AnswerAsync(outcome, cancellationToken);
    }

    private async Task<IActionResult> AnswerAsync(ApplicationOutcome outcome, CancellationToken cancellationToken)
    {
        // What is shown now is what the database has now.
        if (await LoadAsync(cancellationToken) is { } refusal)
        {
            return refusal;
        }

        switch (outcome)
        {
            case ApplicationOutcome.ChangedMeanwhile:
                ModelState.AddModelError("", "This page was changed in another window since you opened it, so yours was not saved yet. Both are shown below.");
                SavedMeanwhile = Current.Answers(Form.Key);
                Revision = SavedRevision;
                return Page();
            case ApplicationOutcome.Closed:
                ModelState.AddModelError("", "This was not saved: the application cannot be changed as it is now. What you typed is still below, so that you can copy it.");
                return Page();
            case ApplicationOutcome.Done or ApplicationOutcome.TooMany:
                kept.Forget(HttpContext);
                break;
        }

        TypedAnswers.CheckNeeded(Form, Answers, ModelState);
        if (Request.Form["then"] == "list")
        {
            TempData.Success($"{Form.Title} was saved.");
            return LocalRedirect(ApplicationLinks.Tasks(Current.PublicId));
        }

        if (!ModelState.IsValid)
        {
            Revision = SavedRevision;
            return Page();
        }

        return LocalRedirect(Current.NextAfter(Form.Key));
    }

    /// <returns>Null when the page can be shown.</returns>
    private async Task<IActionResult?> LoadAsync(CancellationToken cancellationToken)
    {
        if (forms.Page(RouteData.Values["key"] as string ?? "") is not { } form
            || await applications.FindAsync(HttpContext, cancellationToken) is not { } application)
        {
            return NotFound();
        }

        (Form, Current) = (form, application);
        if (application.Pages.Contains(form))
        {
            return null;
        }

        TempData.Warn($"The page “{form.Title}” is not asked for this type of study. Choose another type of study if it should be.");
        return LocalRedirect(ApplicationLinks.Tasks(application.PublicId));
    }

    private string SavedRevision => Current.Saved.GetValueOrDefault(Form.Key)?.Revision.ToString(CultureInfo.InvariantCulture) ?? "";

    /// <summary>The person's own name and address, on the page that asks for them.</summary>
    private async Task<Answers> SuggestedAsync(CancellationToken cancellationToken)
    {
        if (Form.Key != StudyPages.ContactDetailsKey || !Current.CanEdit)
        {
            return Answers.None;
        }

        var person = HttpContext.Person()!;
        var email = await db.Users.Where(user => user.Id == person.Id).Select(user => user.Email).SingleAsync(cancellationToken);
        return new Answers([new("full_name", person.Name), new("email", email ?? "")]);
    }

    private static int? RevisionOf(string? text) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var revision) ? revision : null;
}
