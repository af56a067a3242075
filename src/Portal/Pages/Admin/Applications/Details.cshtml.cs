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

/// <summary>An application: how far it is, its pages with their verdicts, the two decisions, its status and its people.</summary>
[RequiresPermission(Permission.ReadApplications)]
internal sealed class DetailsModel(ReviewReader reviews, ApplicationReviews writes) : PageModel
{
    private const string RevisionField = "revision";

    public ReviewView Current { get; private set; } = null!;

    /// <summary>Of the application that the person looks at.</summary>
    public int Revision { get; private set; }

    /// <summary>What the form of a decision shows: what stands, or what was typed.</summary>
    public IReadOnlyDictionary<DecisionKind, Answers> Decisions { get; private set; } = new Dictionary<DecisionKind, Answers>();

    public FormPage StatusForm => ReviewForms.Status(Current.Application.Status);

    public Answers Status { get; private set; } = Answers.None;

    public bool CanApprove => Current.Application.Status.After(ApplicationAct.ApproveFully) is not null && HttpContext.May(Permission.DecideApplications);

    /// <summary>Where a reviewer goes on: the first page that waits for a verdict.</summary>
    public FormPage FirstToReview => Current.Application.Pages.FirstOrDefault(item => Current.Application.Saved.GetValueOrDefault(item.Key) is { Verdict: null })
        ?? Current.Application.Pages[0];

    public async Task<IActionResult> OnGetAsync(CancellationToken cancellationToken) => await LoadAsync(cancellationToken) ? Page() : NotFound();

    public Task<IActionResult> OnPostGovernanceAsync(CancellationToken cancellationToken) => DecideAsync(DecisionKind.Governance, cancellationToken);

    public Task<IActionResult> OnPostTechnicalAsync(CancellationToken cancellationToken) => DecideAsync(DecisionKind.Technical, cancellationToken);

    public async Task<IActionResult> OnPostStatusAsync(CancellationToken cancellationToken)
    {
        if (HttpContext.Refusal(Permission.DecideApplications) is { } refusal)
        {
            return refusal;
        }

        if (!await LoadAsync(cancellationToken))
        {
            return NotFound();
        }

        Status = Read(StatusForm);
        var statuses = Enum.GetValues<ApplicationStatus>().Where(status => SnakeCase.Of(status) == Status[ReviewForms.StatusField]).ToList();
        if (statuses is [var chosen] && chosen.NeedsComment() && Status[ReviewForms.CommentField].Length == 0)
        {
            ModelState.AddModelError(ReviewForms.CommentField, $"Say in the comment {(chosen == ApplicationStatus.Rejected ? "why it is rejected" : "what the applicant is to do")}.");
        }

        if (!ModelState.IsValid || statuses is not [var target])
        {
            return Page();
        }

        var outcome = await writes.SetStatusAsync(
            new SetStatus
            {
                ApplicationId = Current.Application.Id,
                Revision = Revision,
                Status = target,
                Comment = Status[ReviewForms.CommentField],
                PersonId = HttpContext.Person()!.Id,
            },
            cancellationToken);
        return await AnswerAsync(outcome, $"The status is {target.Name()} now. Its applicant is told by e-mail, if their address is known.", () => Status = Read(StatusForm), cancellationToken);
    }

    private async Task<IActionResult> DecideAsync(DecisionKind kind, CancellationToken cancellationToken)
    {
        if (HttpContext.Refusal(kind.Permission()) is { } refusal)
        {
            return refusal;
        }

        if (!await LoadAsync(cancellationToken))
        {
            return NotFound();
        }

        var typed = Keep(kind);
        if (!ModelState.IsValid)
        {
            return Page();
        }

        var outcome = await writes.DecideAsync(
            new GiveDecision
            {
                ApplicationId = Current.Application.Id,
                Revision = Revision,
                Kind = kind,
                Outcome = typed[ReviewForms.OutcomeField(kind)] == SnakeCase.Of(DecisionOutcome.Approve) ? DecisionOutcome.Approve : DecisionOutcome.Reject,
                Notes = typed[ReviewForms.DecisionNotesField(kind)],
                PersonId = HttpContext.Person()!.Id,
            },
            cancellationToken);
        return await AnswerAsync(outcome, $"The {kind.Name().ToLowerInvariant()} was saved.", () => Keep(kind), cancellationToken);
    }

    private async Task<IActionResult> AnswerAsync(ApplicationOutcome outcome, string done, Action keep, CancellationToken cancellationToken)
    {
        if (outcome == ApplicationOutcome.Done)
        {
            TempData.Success(done);
            return LocalRedirect(AdminLinks.Application(Current.Application.PublicId));
        }

        // What is shown now is what the database has now.
        if (!await LoadAsync(cancellationToken))
        {
            return NotFound();
        }

        keep();
        Revision = Current.Application.Revision;
        ModelState.AddModelError("", outcome == ApplicationOutcome.ChangedMeanwhile
            ? "Nothing was saved: somebody changed the application while you had this page open. It is shown as it is now, with what you typed; look at it, and save again if you still want to."
            : "Nothing was saved: the status of the application does not allow it any more.");
        return Page();
    }

    private Answers Keep(DecisionKind kind)
    {
        var typed = Read(ReviewForms.Decisions[kind]);
        Decisions = new Dictionary<DecisionKind, Answers>(Decisions) { [kind] = typed };
        return typed;
    }

    /// <summary>What was typed, with what is wrong with it noted.</summary>
    private Answers Read(FormPage form)
    {
        ModelState.Clear();
        var sent = Request.Form;
        Revision = int.TryParse(sent[RevisionField], NumberStyles.None, CultureInfo.InvariantCulture, out var revision) ? revision : -1;
        var typed = TypedAnswers.Read(form, name => sent[name]);
        TypedAnswers.Check(form, typed, ModelState);
        TypedAnswers.CheckNeeded(form, typed, ModelState);
        return typed;
    }

    private async Task<bool> LoadAsync(CancellationToken cancellationToken)
    {
        if (await reviews.FindAsync(HttpContext, cancellationToken) is not { } found)
        {
            return false;
        }

        (Current, Revision) = (found, found.Application.Revision);
        Decisions = Enum.GetValues<DecisionKind>().ToDictionary(kind => kind, kind => Standing(kind, found.Decision(kind).Given));
        return true;
    }

    private static Answers Standing(DecisionKind kind, ReviewerDecision given) => new(
    [
        new(ReviewForms.OutcomeField(kind), given.Outcome is { } outcome ? SnakeCase.Of(outcome) : ""),
        new(ReviewForms.DecisionNotesField(kind), given.Notes),
    ]);
}
