namespace JobServer.Domain.Applications.Forms;

/// <summary>All pages of an application, in order.</summary>
public sealed class ApplicationForm(SiteForms site)
{
    public IReadOnlyList<FormPage> Pages { get; } =
    [
        StudyPages.ContactDetails,
        StudyPages.StudyInformation,
        StudyPages.StudyPurpose,
        DataPages.StudyData,
        DataPages.DataSets(site),
        DataPages.RecordLevelData,
        ApprovalPages.TypeOfStudy,
        ApprovalPages.References,
        ApprovalPages.EvaluationOrAudit,
        DataPages.LegalBasis(site),
        TeamPages.Funding,
        TeamPages.Team,
        TeamPages.RecordExperience,
        TeamPages.SoftwareExperience,
        TeamPages.SharingCode,
        TeamPages.Researchers,
    ];

    /// <returns>Null when there is no such page.</returns>
    public FormPage? Page(string key) => Pages.FirstOrDefault(page => string.Equals(page.Key, key, StringComparison.OrdinalIgnoreCase));

    /// <summary>The pages that a study with these answers needs.</summary>
    public IReadOnlyList<FormPage> PagesFor(IReadOnlyDictionary<string, Answers> answers) => [.. Pages.Where(page => page.Applies(answers))];
}
