namespace JobServer.Domain.Applications.Forms;

/// <summary>What is asked about each researcher.</summary>
public static class ResearcherForm
{
    public const string NameField = "name";

    private const string NeedsServer = "does_researcher_need_server_access";
    private const string IsTrained = "has_taken_safe_researcher_training";

    public static FormPage Page { get; } = new()
    {
        Key = "researcher",
        Title = "Researcher",
        Groups =
        [
            new(
                "The person",
                new FormField { Name = NameField, Label = "Name", NeededToContinue = "Enter the name of the researcher." },
                new FormField { Name = "job_title", Label = "Job title" },
                new FormField { Name = "email", Label = "E-mail address", Kind = FieldKind.Email }),
            new(
                "Access to the server",
                new FormField
                {
                    Name = NeedsServer,
                    Label = "Does the researcher need access to the server where results are looked at before their release?",
                    Kind = FieldKind.YesNo,
                },
                new FormField
                {
                    Name = "telephone",
                    Label = "Telephone number",
                    Hint = "Needed for access to the server: codes are sent to it.",
                    Kind = FieldKind.Telephone,
                    RequiredAfterYesTo = NeedsServer,
                },
                new FormField
                {
                    Name = "phone_type",
                    Label = "Kind of telephone",
                    Hint = "Needed for access to the server.",
                    Kind = FieldKind.Choice,
                    RequiredAfterYesTo = NeedsServer,
                    Options = [new("android", "Android"), new("iphone", "iPhone")],
                }),
            new(
                "Training",
                new FormField { Name = IsTrained, Label = "Has the researcher been trained in working safely with confidential data?", Kind = FieldKind.YesNo },
                new FormField
                {
                    Name = "training_with_org",
                    Label = "Organisation that trained them",
                    Hint = "Needed if they were trained.",
                    RequiredAfterYesTo = IsTrained,
                },
                new FormField
                {
                    Name = "training_passed_at",
                    Label = "Day on which they passed",
                    Hint = "Needed if they were trained.",
                    Kind = FieldKind.Date,
                    RequiredAfterYesTo = IsTrained,
                }),
        ],
    };
}
