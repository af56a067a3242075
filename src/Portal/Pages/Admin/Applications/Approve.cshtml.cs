using System.Globalization;
using JobServer.Data;
using JobServer.Data.Applications;
using JobServer.Domain;
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
using Microsoft.EntityFrameworkCore;

namespace JobServer.Portal.Pages.Admin.Applications;

/// <summary>Sets Approved Fully: in one act the project, the membership of its applicant, and the message to them.</summary>
[RequiresPermission(Permission.DecideApplications)]
internal sealed class ApproveModel(JobServerDb db, ReviewReader reviews, ApplicationApprovals approvals, ReservedWords reserved) : PageModel
{
    public const string OrganisationField = "organisation";

    private const string RevisionField = "revision";
    private const int MostOrganisations = 1_000;

    private static readonly Role[] Usual = [Role.ProjectCoordinator, Role.ProjectDeveloper];

    public ReviewView Current { get; private set; } = null!;

    public FormPage Form => ReviewForms.Approval(Current.NeedsReason);

    public Answers Typed { get; private set; } = Answers.None;

    /// <summary>Of the application that the admin looks at.</summary>
    public int Revision { get; private set; }

    /// <summary>Null while none is chosen.</summary>
    public int? Organisation { get; private set; }

    public IReadOnlyList<(int Id, string Name)> Organisations { get; private set; } = [];

    public async Task<IActionResult> OnGetAsync(CancellationToken cancellationToken)
    {
        if (await LoadAsync(cancellationToken) is { } refusal)
        {
            return refusal;
        }

        Revision = Current.Application.Revision;
        Typed = new Answers(
        [
            new(ReviewForms.NameField, Current.Application.StudyName),
            new(ReviewForms.RolesField, Answers.OfChoices(Usual.Select(role => SnakeCase.Of(role)))),
        ]);
        return Page();
    }

    public async Task<IActionResult> OnPostAsync(CancellationToken cancellationToken)
    {
        if (await LoadAsync(cancellationToken) is { } refusal)
        {
            return refusal;
        }

        var sent = Request.Form;
        Revision = int.TryParse(sent[RevisionField], NumberStyles.None, CultureInfo.InvariantCulture, out var revision) ? revision : -1;
        Typed = TypedAnswers.Read(Form, name => sent[name]);
        TypedAnswers.Check(Form, Typed, ModelState);
        TypedAnswers.CheckNeeded(Form, Typed, ModelState);
        var slug = Typed[ReviewForms.SlugField] is { Length: > 0 } given ? given : Slug.From(Typed[ReviewForms.NameField]);
        CheckSlug(slug);
        ReadOrganisation(sent[OrganisationField]);
        if (!ModelState.IsValid)
        {
            return Page();
        }

        var chosen = Answers.Choices(Typed[ReviewForms.RolesField]);
        var outcome = await approvals.ApproveAsync(
            new ApproveApplication
            {
                ApplicationId = Current.Application.Id,
                Revision = Revision,
                ProjectName = Typed[ReviewForms.NameField],
                ProjectSlug = slug,
                ProjectNumber = Typed[ReviewForms.NumberField] is { Length: > 0 } number ? number : null,
                OrganisationId = Organisation,
                Roles = [.. Roles.OfProjects.Where(role => chosen.Contains(SnakeCase.Of(role), StringComparer.Ordinal))],
                Comment = Typed[ReviewForms.CommentField],
                OverrideReason = Typed[ReviewForms.ReasonField],
                PersonId = HttpContext.Person()!.Id,
            },
            cancellationToken);
        return await AnswerAsync(outcome, slug, cancellationToken);
    }

    private async Task<IActionResult> AnswerAsync(ApprovalOutcome outcome, string slug, CancellationToken cancellationToken)
    {
        switch (outcome)
        {
            case ApprovalOutcome.Approved:
                TempData.Success("The application is approved. Its project was made. Its applicant is told by e-mail what to do next, if their address is known.");
                return LocalRedirect(AdminLinks.ApplicationNextSteps(Current.Application.PublicId));
            case ApprovalOutcome.AddressTaken:
                ModelState.AddModelError(ReviewForms.SlugField, $"Another project of this organisation has '{slug}' in its address. Choose another name in its address.");
                break;
            case ApprovalOutcome.NumberTaken:
                ModelState.AddModelError(ReviewForms.NumberField, $"Another project has the number {Typed[ReviewForms.NumberField]}. Choose another one.");
                break;
            case ApprovalOutcome.OrganisationGone:
                ModelState.AddModelError(OrganisationField, "This organisation is not there any more. Choose another one, or none.");
                break;
            case ApprovalOutcome.ChangedMeanwhile or ApprovalOutcome.ReasonMissing or ApprovalOutcome.ApprovedBefore or ApprovalOutcome.Closed:
                // What is shown now is what the database has now.
                if (await LoadAsync(cancellationToken) is { } refusal)
                {
                    return refusal;
                }

                Revision = Current.Application.Revision;
                ModelState.AddModelError("", "Nothing was approved: somebody changed the application while you had this page open. It is shown as it is now, with what you typed; look at it, and approve it if you still want to.");
                break;
        }

        return Page();
    }

    private void CheckSlug(string slug)
    {
        var problem = slug.Length == 0 && Typed[ReviewForms.NameField].Length > 0
            ? "The project's name has no letter a to z and no digit to make an address of. Enter a name for its address."
            : slug.Length == 0 ? null : Slug.Problem(slug) ?? reserved.ProblemOfProject(slug);
        if (problem is not null)
        {
            ModelState.AddModelError(ReviewForms.SlugField, problem);
        }
    }

    private void ReadOrganisation(string? sent)
    {
        if (string.IsNullOrEmpty(sent))
        {
            return;
        }

        Organisation = int.TryParse(sent, NumberStyles.None, CultureInfo.InvariantCulture, out var id) ? id : null;
        if (Organisation is null)
        {
            ModelState.AddModelError(OrganisationField, "Choose one of the organisations of the list, or none.");
        }
    }

    /// <returns>Null when there is something to approve.</returns>
    private async Task<IActionResult?> LoadAsync(CancellationToken cancellationToken)
    {
        if (await reviews.FindAsync(HttpContext, cancellationToken) is not { } found)
        {
            return NotFound();
        }

        Current = found;
        if (found.Project is not null)
        {
            TempData.Warn("This application was approved before; it has one project.");
            return LocalRedirect(AdminLinks.ApplicationNextSteps(found.Application.PublicId));
        }

        if (found.Application.Status.After(ApplicationAct.ApproveFully) is null)
        {
            TempData.Warn($"An application that is {found.Application.Status.Name()} cannot be approved. It must have been submitted, and not be rejected.");
            return LocalRedirect(AdminLinks.Application(found.Application.PublicId));
        }

        var organisations = await db.Organisations.AsNoTracking().OrderBy(row => row.Name).Take(MostOrganisations)
            .Select(row => new { row.Id, row.Name })
            .ToListAsync(cancellationToken);
        Organisations = [.. organisations.Select(row => (row.Id, row.Name))];
        return null;
    }
}
