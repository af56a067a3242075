using JobServer.Data.Writing;
using JobServer.Domain.Applications;
using Microsoft.EntityFrameworkCore;

namespace JobServer.Data.Applications;

/// <summary>What an applicant writes into an application, as long as its status lets them.</summary>
/// <remarks>Each write first raises the application's revision where it is open, which also makes writers wait for each other.</remarks>
public sealed class ApplicationAnswerWrites(DatabaseWriter writer, TimeProvider time)
{
    public const int MostResearchers = 100;

    /// <summary>Saves a page. One that changed waits for its reviewers again; saving the same answers changes nothing.</summary>
    public Task<ApplicationOutcome> SaveAsync(SavePage save, CancellationToken cancellationToken) => writer.RunAsync(
        async (db, token) =>
        {
            if (!await OpenAsync(db, save.ApplicationId, token))
            {
                return ApplicationOutcome.Closed;
            }

            var now = time.GetUtcNow();
            var page = await db.ApplicationPages.SingleOrDefaultAsync(row => row.ApplicationId == save.ApplicationId && row.Key == save.Key, token);
            if (page is null)
            {
                db.ApplicationPages.Add(new ApplicationPage
                {
                    ApplicationId = save.ApplicationId,
                    Key = save.Key,
                    Answers = save.Answers,
                    CreatedAt = now,
                    SavedAt = now,
                    SavedById = save.PersonId,
                });
                return ApplicationOutcome.Done;
            }

            if (page.Answers == save.Answers)
            {
                return ApplicationOutcome.Done;
            }

            if (page.Revision != save.Revision)
            {
                return ApplicationOutcome.ChangedMeanwhile;
            }

            page.Answers = save.Answers;
            page.SavedAt = now;
            page.SavedById = save.PersonId;
            page.Verdict = null;
            return ApplicationOutcome.Done;
        },
        cancellationToken);

    public Task<ApplicationOutcome> SaveAsync(SaveResearcher save, CancellationToken cancellationToken) => writer.RunAsync(
        async (db, token) =>
        {
            if (!await OpenAsync(db, save.ApplicationId, token))
            {
                return ApplicationOutcome.Closed;
            }

            return save.ResearcherId is { } id ? await ChangeAsync(db, id, save, token) : await AddAsync(db, save, token);
        },
        cancellationToken);

    /// <summary>Also done when there is no such researcher any more.</summary>
    public Task<ApplicationOutcome> RemoveResearcherAsync(int applicationId, int researcherId, CancellationToken cancellationToken) => writer.RunAsync(
        async (db, token) =>
        {
            if (!await OpenAsync(db, applicationId, token))
            {
                return ApplicationOutcome.Closed;
            }

            await db.ApplicationResearchers.Where(row => row.ApplicationId == applicationId && row.Id == researcherId).ExecuteDeleteAsync(token);
            return ApplicationOutcome.Done;
        },
        cancellationToken);

    private async Task<ApplicationOutcome> AddAsync(JobServerDb db, SaveResearcher save, CancellationToken token)
    {
        if (await db.ApplicationResearchers.CountAsync(row => row.ApplicationId == save.ApplicationId, token) >= MostResearchers)
        {
            return ApplicationOutcome.TooMany;
        }

        db.ApplicationResearchers.Add(new ApplicationResearcher
        {
            ApplicationId = save.ApplicationId,
            Name = save.Name,
            Answers = save.Answers,
            CreatedAt = time.GetUtcNow(),
        });
        return ApplicationOutcome.Done;
    }

    private static async Task<ApplicationOutcome> ChangeAsync(JobServerDb db, int id, SaveResearcher save, CancellationToken token)
    {
        var researcher = await db.ApplicationResearchers.SingleOrDefaultAsync(row => row.ApplicationId == save.ApplicationId && row.Id == id, token);
        if (researcher is null)
        {
            return ApplicationOutcome.ChangedMeanwhile;
        }

        if (researcher.Answers == save.Answers)
        {
            return ApplicationOutcome.Done;
        }

        if (researcher.Revision != save.Revision)
        {
            return ApplicationOutcome.ChangedMeanwhile;
        }

        researcher.Name = save.Name;
        researcher.Answers = save.Answers;
        return ApplicationOutcome.Done;
    }

    private static async Task<bool> OpenAsync(JobServerDb db, int id, CancellationToken token) =>
        await db.Applications.Where(row => row.Id == id && row.DeletedAt == null && ApplicationLife.Editable.Contains(row.Status))
            .ExecuteUpdateAsync(set => set.SetProperty(row => row.Revision, row => row.Revision + 1), token) == 1;
}
