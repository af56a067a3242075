namespace JobServer.Domain.Applications.Forms;

/// <summary>Who asks, and what for.</summary>
public static class StudyPages
{
    public const string StudyInformationKey = "study-information";
    public const string StudyNameField = "study_name";
    public const string ContactDetailsKey = "contact-details";

    internal static FormPage ContactDetails { get; } = new()
    {
        Key = ContactDetailsKey,
        Title = "Contact details",
        Introduction =
        [
            "The person whom we write to about this application.",
            "What you write in an application may be published when it is approved, except telephone numbers and e-mail addresses.",
        ],
        Groups =
        [
            new(
                "You",
                new FormField { Name = "full_name", Label = "Full name", Autocomplete = "name" },
                new FormField { Name = "email", Label = "E-mail address", Kind = FieldKind.Email, Autocomplete = "email" },
                new FormField { Name = "telephone", Label = "Telephone number", Hint = "With the country's code, like +44 20 7946 0000.", Kind = FieldKind.Telephone, Autocomplete = "tel" }),
            new(
                "Where you work",
                new FormField { Name = "job_title", Label = "Job title", Autocomplete = "organization-title" },
                new FormField { Name = "team_name", Label = "Team" },
                new FormField { Name = "organisation", Label = "Organisation", Autocomplete = "organization" }),
        ],
    };

    internal static FormPage StudyInformation { get; } = new()
    {
        Key = StudyInformationKey,
        Title = "Study information",
        Groups =
        [
            new(
                "",
                new FormField
                {
                    Name = StudyNameField,
                    Label = "Study name",
                    Hint = "Short, and clear to the public. It becomes the name of your project.",
                    MaxLength = 100,
                },
                new FormField
                {
                    Name = "study_purpose",
                    Label = "Purpose of the study",
                    Hint = "Its aims, its methods, and what is to come out of it.",
                    Kind = FieldKind.LongText,
                }),
        ],
    };

    internal static FormPage StudyPurpose { get; } = new()
    {
        Key = "study-purpose",
        Title = "Study purpose",
        Introduction = ["This page is for the public. It is published when the study is approved."],
        Groups =
        [
            new(
                "In plain words",
                new FormField
                {
                    Name = "description",
                    Label = "Description for the public",
                    Hint = "100 to 300 words that need no knowledge of medicine or statistics.",
                    Kind = FieldKind.LongText,
                },
                new FormField
                {
                    Name = "topics",
                    Label = "What is the study about?",
                    Hint = "Choose all that fit.",
                    Kind = FieldKind.Checkboxes,
                    IsRequired = false,
                    Options =
                    [
                        new("prevention", "How disease is prevented, or how it spreads"),
                        new("short_term", "Risks and outcomes in the short term"),
                        new("long_term", "Effects that stay for long"),
                        new("eligibility", "Who can get, and who gets, a treatment or vaccine"),
                        new("effectiveness", "How well, and how safely, a treatment or vaccine works"),
                        new("other", "Something else, or indirect effects on health and care"),
                    ],
                }),
            new(
                "Who leads the study",
                new FormField { Name = "author_name", Label = "Name of the lead" },
                new FormField { Name = "author_email", Label = "E-mail address of the lead", Kind = FieldKind.Email },
                new FormField { Name = "author_organisation", Label = "Organisation of the lead" }),
        ],
    };
}
