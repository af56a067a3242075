using JobServer.Domain.Applications.Forms;
using Microsoft.EntityFrameworkCore;

namespace JobServer.Data.Applications;

/// <summary>What a study is called, for messages about its application.</summary>
internal static class StudyNames
{
    private const string None = "without a name";

    public static async Task<string> OfAsync(JobServerDb db, int applicationId, CancellationToken cancellationToken)
    {
        var answers = await db.ApplicationPages.Where(row => row.ApplicationId == applicationId && row.Key == StudyPages.StudyInformationKey)
            .Select(row => row.Answers)
            .SingleOrDefaultAsync(cancellationToken);
        return answers is not null && Answers.Read(answers)[StudyPages.StudyNameField] is { Length: > 0 } name ? name : None;
    }
}
