using System.Globalization;
using JobServer.Data;
using JobServer.Data.Applications;
using JobServer.Domain.Access;
using JobServer.Domain.Applications;
using JobServer.Domain.Applications.Forms;
using JobServer.Portal.Access;
using JobServer.Portal.Admin;
using JobServer.Portal.Applications;
using JobServer.Portal.Ui;
using JobServer.Portal.Ui.Forms;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace JobServer.Portal.Pages.Admin.Applications;

/// <summary>One page of an application as its applicant wrote it, and what the reviewers say of it.</summary>
[RequiresPermission(Permission.ReadApplications)]
internal sealed class ReviewModel(ReviewReader reviews, ApplicationReviews writes) : PageModel
{
    private const string RevisionField = "revision";
    private const string ReviewedField = "reviewed";

    public ReviewView Current { get; private set; } = null!;

    public FormPage Form { get; private set; } = null!;

    /// <summary>Null when the applicant never saved the page.</summary>
    public SavedPage? Saved { get; private set; }

    /// <summary>What the form shows: the verdict that stands, or what was typed.</summary>
    public Answers Typed { get; private set; } = Answers.None;

    /// <summary>Of the answers that the reviewer looks at.</summary>
    public string Revision { get; private set; } = "";

    /// <summary>The review that stands, in ticks of UTC; empty for none.</summary>
    public string Reviewed { get; private set; } = "";

    public int Position => Current.Application.Pages.TakeWhile(item => item != Form).Count() + 1;

    public FormPage? Previous => Current.Application.Pages.ElementAtOrDefault(Position - 2);

    public FormPage? Next => Current.Application.Pages.ElementAtOrDefault(Position);

    public bool CanReview => Saved is not null && Current.Application.Status.IsUnderReview() && HttpContext.May(Permission.ReviewApplications);

    public async Task<IActionResult> OnGetAsync(string key, CancellationToken cancellationToken)
    {
        if (!await LoadAsync(key, cancellationToken))
        {
            return NotFound();
        }

        Show();
        return Page();
    }

    public async Task<IActionResult> OnPostAsync(string key, CancellationToken cancellationToken)
    {
        if (HttpContext.Refusal(Permission.ReviewApplications) is { } refusal)
        {
            return refusal;
        }

        if (!await LoadAsync(key, cancellationToken))
        {
            return NotFound();
        }

        var sent = Request.Form;
        Typed = TypedAnswers.Read(ReviewForms.Verdict, name => sent[name]);
        TypedAnswers.Check(ReviewForms.Verdict, Typed, ModelState);
        TypedAnswers.CheckNeeded(ReviewForms.Verdict, Typed, ModelState);
        var needsChange = Typed[ReviewForms.VerdictField] == SnakeCase.Of(PageVerdict.NeedsChange);
        if (needsChange && Typed[ReviewForms.NotesField].Length == 0)
        {
            ModelState.AddModelError(ReviewForms.NotesField, "Say in the notes what the applicant is to change.");
        }

        (Revision, Reviewed) = (Number(sent[RevisionField]), Number(sent[ReviewedField]));
        if (!ModelState.IsValid)
        {
            return Page();
        }

        var review = new ReviewPage
        {
            ApplicationId = Current.Application.Id,
            Key = Form.Key,
            Revision = int.TryParse(Revision, NumberStyles.None, CultureInfo.InvariantCulture, out var revision) ? revision : -1,
            ReviewedAt = InstantOf(Reviewed),
            Verdict = needsChange ? PageVerdict.NeedsChange : PageVerdict.Accepted,
            Notes = Typed[ReviewForms.NotesField],
            PersonId = HttpContext.Person()!.Id,
        };
        return await AnswerAsync(key, await writes.ReviewAsync(review, cancellationToken), cancellationToken);
    }

    private async Task<IActionResult> AnswerAsync(string key, ReviewOutcome outcome, CancellationToken cancellationToken)
    {
        if (outcome == ReviewOutcome.Done)
        {
            TempData.Success($"The verdict on {Form.Title} was saved.");
            var goesOn = Request.Form["then"] == "next" && Next is not null;
            return LocalRedirect(goesOn ? AdminLinks.ApplicationPage(Current.Application.PublicId, Next!.Key) : AdminLinks.Application(Current.Application.PublicId));
        }

        // What is shown now is what the database has now.
        if (!await LoadAsync(key, cancellationToken))
        {
            return NotFound();
        }

        (Revision, Reviewed) = (SavedRevision, SavedReview);
        ModelState.AddModelError("", outcome switch
        {
            ReviewOutcome.AnswersChanged => "Your verdict was not saved: the applicant changed this page since you opened it. Below is what it says now, and what you typed; read it, and save again if your verdict still holds.",
            ReviewOutcome.ReviewedMeanwhile => "Your verdict was not saved: another reviewer gave one since you opened this page. Theirs is shown below, and what you typed; save again if yours is to take its place.",
            _ => "Your verdict was not saved: the application is not under review any more.",
        });
        return Page();
    }

    private async Task<bool> LoadAsync(string key, CancellationToken cancellationToken)
    {
        if (await reviews.FindAsync(HttpContext, cancellationToken) is not { } found
            || found.Application.Pages.FirstOrDefault(item => string.Equals(item.Key, key, StringComparison.OrdinalIgnoreCase)) is not { } form)
        {
            return false;
        }

        (Current, Form, Saved) = (found, form, found.Application.Saved.GetValueOrDefault(form.Key));
        return true;
    }

    private void Show()
    {
        (Revision, Reviewed) = (SavedRevision, SavedReview);
        Typed = new Answers(
        [
            new(ReviewForms.VerdictField, Saved?.Verdict is { } verdict ? SnakeCase.Of(verdict) : ""),
            new(ReviewForms.NotesField, Saved?.Notes ?? ""),
        ]);
    }

    private string SavedRevision => Saved?.Revision.ToString(CultureInfo.InvariantCulture) ?? "";

    private string SavedReview => Saved?.ReviewedAt?.UtcTicks.ToString(CultureInfo.InvariantCulture) ?? "";

    /// <summary>Digits alone go back into the page.</summary>
    private static string Number(string? sent) =>
        long.TryParse(sent, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number.ToString(CultureInfo.InvariantCulture) : "";

    private static DateTimeOffset? InstantOf(string ticks) =>
        long.TryParse(ticks, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number <= DateTimeOffset.MaxValue.Ticks
            ? new DateTimeOffset(number, TimeSpan.Zero)
            : null;
}
