namespace JobServer.Domain.Applications.Forms;

/// <summary>Who pays, who does the work, and what they have done before.</summary>
public static class TeamPages
{
    /// <summary>The page without questions of its own: its answers are the list of researchers.</summary>
    public const string ResearchersKey = "researcher-details";

    internal static FormPage Funding { get; } = LongTextPage(
        "study-funding", "Study funding", "funding_details", "Who pays for the study?", "Names of funders, and numbers of grants if there are any.");

    internal static FormPage Team { get; } = LongTextPage(
        "team-details", "Team", "team_details", "Who is in the team, and what does each of them do?", "Include those who will not work with the data.");

    internal static FormPage RecordExperience { get; } = LongTextPage(
        "previous-ehr-experience", "Experience with health records", "previous_experience_with_ehr",
        "What has the team done with electronic health records before?", "Name studies and papers if there are any.");

    internal static FormPage SoftwareExperience { get; } = new()
    {
        Key = "software-development-experience",
        Title = "Experience with software",
        Groups =
        [
            new(
                "",
                new FormField
                {
                    Name = "evidence_of_coding",
                    Label = "What shows that the team can write the programs of the study?",
                    Hint = "Languages, and addresses of repositories or published code.",
                    Kind = FieldKind.LongText,
                },
                new FormField
                {
                    Name = "all_applicants_completed_getting_started",
                    Label = "Has everybody who will write programs gone through the introduction to this service?",
                    Kind = FieldKind.YesNo,
                }),
        ],
    };

    internal static FormPage SharingCode { get; } = LongTextPage(
        "sharing-code", "Sharing code", "evidence_of_sharing_in_public_domain_before",
        "What code has the team shared with the public before?", "Addresses, or what kept you from it.");

    internal static FormPage Researchers { get; } = new()
    {
        Key = ResearchersKey,
        Title = "Researchers",
        Introduction = ["Everybody who will write programs for the study, run them, or see results before they are released."],
    };

    private static FormPage LongTextPage(string key, string title, string field, string label, string hint) => new()
    {
        Key = key,
        Title = title,
        Groups = [new("", new FormField { Name = field, Label = label, Hint = hint, Kind = FieldKind.LongText })],
    };
}
