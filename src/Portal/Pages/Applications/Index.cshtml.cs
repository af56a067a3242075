using JobServer.Data;
using JobServer.Data.Applications;
using JobServer.Domain.Access;
using JobServer.Domain.Applications.Forms;
using JobServer.Portal.Access;
using JobServer.Portal.Applications;
using JobServer.Portal.Limits;
using JobServer.Portal.Projects;
using JobServer.Portal.Ui;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;

namespace JobServer.Portal.Pages.Applications;

/// <summary>What the person applied for.</summary>
[RequiresPermission(Permission.Apply)]
[Limited(Limit.Submit)]
internal sealed class IndexModel(JobServerDb db, ApplicationWrites applications) : PageModel
{
    private const int Most = 200;

    public IReadOnlyList<ApplicationLine> Current { get; private set; } = [];

    public IReadOnlyList<ApplicationLine> Deleted { get; private set; } = [];

    /// <summary>Names of the person's projects that belong to no organisation.</summary>
    public IReadOnlyList<string> Unattached { get; private set; } = [];

    public async Task OnGetAsync(CancellationToken cancellationToken)
    {
        var me = HttpContext.Person()!.Id;
        var rows = await db.Applications.AsNoTracking().Where(row => row.CreatedById == me)
            .OrderByDescending(row => row.Id)
            .Select(row => new
            {
                row.Id,
                row.PublicId,
                row.Status,
                row.StatusComment,
                row.CreatedAt,
                row.SubmittedAt,
                row.DeletedAt,
                Study = row.Pages.Where(page => page.Key == StudyPages.StudyInformationKey).Select(page => page.Answers).FirstOrDefault(),
                Project = row.Project == null ? null : row.Project.Slug,
                Organisation = row.Project == null || row.Project.Organisation == null ? null : row.Project.Organisation.Slug,
            })
            .Take(Most)
            .ToListAsync(cancellationToken);
        var lines = rows.ConvertAll(row => new ApplicationLine
        {
            Id = row.Id,
            PublicId = row.PublicId,
            Title = TitleOf(row.Study),
            Status = row.Status,
            StatusComment = row.StatusComment,
            CreatedAt = row.CreatedAt,
            SubmittedAt = row.SubmittedAt,
            DeletedAt = row.DeletedAt,
            ProjectAddress = row is { Project: { } project, Organisation: { } organisation } ? ProjectLinks.Page(organisation, project) : null,
        });
        Current = [.. lines.Where(line => line.DeletedAt is null)];
        Deleted = [.. lines.Where(line => line.DeletedAt is not null)];
        Unattached = await db.Projects.AsNoTracking()
            .Where(project => project.OrganisationId == null
                && (project.Memberships.Any(member => member.UserId == me) || db.Applications.Any(row => row.ProjectId == project.Id && row.CreatedById == me)))
            .OrderBy(project => project.Name)
            .Select(project => project.Name)
            .Take(Most)
            .ToListAsync(cancellationToken);
    }

    public async Task<IActionResult> OnPostDeleteAsync(int id, CancellationToken cancellationToken)
    {
        if (await applications.DeleteAsync(id, HttpContext.Person()!.Id, cancellationToken) == ApplicationOutcome.Done)
        {
            TempData.Success("The application was deleted. You can restore it from the list below.");
        }
        else
        {
            TempData.Warn("That application cannot be deleted: it was deleted before, or it was approved meanwhile.");
        }

        return LocalRedirect(ApplicationLinks.List);
    }

    public async Task<IActionResult> OnPostRestoreAsync(int id, CancellationToken cancellationToken)
    {
        switch (await applications.RestoreAsync(id, HttpContext.Person()!.Id, cancellationToken))
        {
            case ApplicationOutcome.Done:
                TempData.Success("The application was restored.");
                break;
            case ApplicationOutcome.TooMany:
                TempData.Warn($"You have {ApplicationWrites.MostUnsubmitted} applications that were not submitted. Submit or delete one of them, then restore this one.");
                break;
            default:
                TempData.Warn("There is no deleted application of yours to restore; it may have been restored before.");
                break;
        }

        return LocalRedirect(ApplicationLinks.List);
    }

    private static string TitleOf(string? study) =>
        study is not null && Answers.Read(study)[StudyPages.StudyNameField] is { Length: > 0 } name ? name : "Study without a name yet";
}
