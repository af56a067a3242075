using JobServer.Data;
using JobServer.Data.Modelling;
using JobServer.Domain.Applications;
using JobServer.Domain.Applications.Forms;
using JobServer.Portal.Admin;
using JobServer.Portal.Workspaces;
using Microsoft.EntityFrameworkCore;

namespace JobServer.Portal.Applications;

/// <summary>All applications that were not deleted, for those who may read them: newest submitted first.</summary>
internal sealed class ApplicationList(JobServerDb db)
{
    private const string StudyNamePath = "$." + StudyPages.StudyNameField;

    public Task<int> CountAsync(ApplicationFilter filter, CancellationToken cancellationToken) => Matching(filter).CountAsync(cancellationToken);

    /// <param name="filter">Which are looked for.</param>
    /// <param name="paging">Which part of them.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    public Task<List<ApplicationListRow>> PageAsync(ApplicationFilter filter, Paging paging, CancellationToken cancellationToken) => Matching(filter)
        .OrderByDescending(row => row.SubmittedAt).ThenByDescending(row => row.Id)
        .Skip(paging.Skip).Take(Paging.Size)
        .Select(row => new ApplicationListRow
        {
            PublicId = row.PublicId,
            StudyName = row.Pages.Where(page => page.Key == StudyPages.StudyInformationKey)
                .Select(page => JsonText.Value(page.Answers, StudyNamePath)).FirstOrDefault(),
            Applicant = row.CreatedBy.FullName,
            Status = row.Status,
            Governance = row.Governance.Outcome,
            Technical = row.Technical.Outcome,
            SubmittedAt = row.SubmittedAt,
            ProjectId = row.ProjectId,
            Project = row.Project == null ? null : row.Project.Name,
        })
        .ToListAsync(cancellationToken);

    private IQueryable<Application> Matching(ApplicationFilter filter)
    {
        var rows = db.Applications.AsNoTracking().Where(row => row.DeletedAt == null);
        if (filter.Status is { } status)
        {
            rows = rows.Where(row => row.Status == status);
        }

        if (filter.Missing is { } missing)
        {
            rows = missing == DecisionKind.Governance ? rows.Where(row => row.Governance.Outcome == null) : rows.Where(row => row.Technical.Outcome == null);
        }

        rows = filter.HasProject switch
        {
            null => rows,
            true => rows.Where(row => row.ProjectId != null),
            false => rows.Where(row => row.ProjectId == null),
        };
        if (filter.Search.Length == 0)
        {
            return rows;
        }

        var pattern = LikePattern.Containing(filter.Search);
        return rows.Where(row => EF.Functions.Like(row.PublicId, pattern, LikePattern.Escape)
            || EF.Functions.Like(row.CreatedBy.FullName, pattern, LikePattern.Escape)
            || EF.Functions.Like(row.CreatedBy.Login, pattern, LikePattern.Escape)
            || row.Pages.Any(page => page.Key == StudyPages.StudyInformationKey
                && EF.Functions.Like(JsonText.Value(page.Answers, StudyNamePath)!, pattern, LikePattern.Escape)));
    }
}
