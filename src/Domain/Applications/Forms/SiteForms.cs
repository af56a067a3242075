namespace JobServer.Domain.Applications.Forms;

/// <summary>What a site's forms ask about: its data, and the law it works under.</summary>
public sealed record SiteForms
{
    public static SiteForms Default { get; } = new()
    {
        DataSets = ["Primary care records", "Hospital admissions", "Emergency care", "Prescriptions", "Vaccinations", "Laboratory results", "Deaths"],
        LegalBases = ["Consent of the people in the data", "A task in the public interest", "A duty under the law", "Research under an approved exemption"],
    };

    public required IReadOnlyList<string> DataSets { get; init; }

    public required IReadOnlyList<string> LegalBases { get; init; }
}
