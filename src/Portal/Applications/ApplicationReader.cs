using JobServer.Data;
using JobServer.Domain.Access;
using JobServer.Domain.Applications.Forms;
using JobServer.Portal.Access;
using Microsoft.EntityFrameworkCore;

namespace JobServer.Portal.Applications;

/// <summary>Finds the application of an address, for those who may see it.</summary>
internal sealed class ApplicationReader(JobServerDb db, ApplicationForm form)
{
    /// <returns>Null when there is none, or it is not for this person to see: both look the same from outside.</returns>
    public async Task<ApplicationView?> FindAsync(HttpContext context, CancellationToken cancellationToken)
    {
        if (context.Person() is not { } person || context.GetRouteValue("publicId") is not string publicId)
        {
            return null;
        }

        var readsAll = context.May(Permission.ReadApplications);
        var found = await db.Applications.AsNoTracking()
            .Where(row => row.PublicId == publicId && (row.CreatedById == person.Id || (readsAll && row.DeletedAt == null)))
            .Select(row => new
            {
                row.Id,
                row.PublicId,
                row.CreatedById,
                Applicant = row.CreatedBy.FullName,
                row.CreatedAt,
                row.Status,
                row.StatusComment,
                row.StatusChangedAt,
                row.SubmittedAt,
                row.DeletedAt,
                row.Revision,
            })
            .SingleOrDefaultAsync(cancellationToken);
        if (found is null)
        {
            return null;
        }

        var saved = await PagesAsync(found.Id, cancellationToken);
        return new ApplicationView
        {
            Id = found.Id,
            PublicId = found.PublicId,
            Applicant = found.Applicant,
            CreatedAt = found.CreatedAt,
            Status = found.Status,
            StatusComment = found.StatusComment,
            StatusChangedAt = found.StatusChangedAt,
            SubmittedAt = found.SubmittedAt,
            DeletedAt = found.DeletedAt,
            Revision = found.Revision,
            IsMine = found.CreatedById == person.Id,
            Pages = form.PagesFor(saved.ToDictionary(pair => pair.Key, pair => pair.Value.Answers)),
            Saved = saved,
            Researchers = await ResearchersAsync(found.Id, cancellationToken),
        };
    }

    private async Task<Dictionary<string, SavedPage>> PagesAsync(int id, CancellationToken cancellationToken)
    {
        var rows = await db.ApplicationPages.AsNoTracking().Where(row => row.ApplicationId == id).ToListAsync(cancellationToken);
        return rows.ToDictionary(row => row.Key, row => new SavedPage
        {
            Answers = Answers.Read(row.Answers),
            Revision = row.Revision,
            SavedAt = row.SavedAt,
            Verdict = row.Verdict,
            Notes = row.Notes,
            ReviewedAt = row.ReviewedAt,
            ReviewedById = row.ReviewedById,
        });
    }

    private async Task<List<ResearcherView>> ResearchersAsync(int id, CancellationToken cancellationToken)
    {
        var rows = await db.ApplicationResearchers.AsNoTracking().Where(row => row.ApplicationId == id).OrderBy(row => row.Id).ToListAsync(cancellationToken);
        return [.. rows.Select(row => new ResearcherView { Id = row.Id, Name = row.Name, Revision = row.Revision, Answers = Answers.Read(row.Answers) })];
    }
}
