namespace JobServer.Domain.Applications.Forms;

/// <summary>What kind of study it is, and who has agreed to it.</summary>
internal static class ApprovalPages
{
    private const string TypeOfStudyKey = "type-of-study";
    private const string TypesField = "types_of_study";
    private const string Research = "research";
    private const string Evaluation = "service_evaluation";
    private const string Audit = "audit";

    public static FormPage TypeOfStudy { get; } = new()
    {
        Key = TypeOfStudyKey,
        Title = "Type of study",
        Groups =
        [
            new(
                "",
                new FormField
                {
                    Name = TypesField,
                    Label = "What type of study is it?",
                    Hint = "Choose all that fit. What is asked next depends on it.",
                    Kind = FieldKind.Checkboxes,
                    NeededToContinue = "Choose at least one type of study.",
                    Options = [new(Research, "Research"), new(Evaluation, "Evaluation of a service"), new(Audit, "Audit")],
                }),
        ],
    };

    public static FormPage References { get; } = new()
    {
        Key = "references",
        Title = "Approvals of the research",
        Groups =
        [
            new(
                "",
                new FormField
                {
                    Name = "registration_number",
                    Label = "Number of the study in your national or regional register of research",
                },
                new FormField { Name = "ethics_reference", Label = "Reference of the ethics committee" },
                new FormField { Name = "institutional_reference", Label = "Reference of your institution's review board", IsRequired = false }),
        ],
        Footer = "Have the letters of approval at hand: the reviewers may ask for them by e-mail.",
        Applies = answers => Is(answers, Research),
    };

    public static FormPage EvaluationOrAudit { get; } = new()
    {
        Key = "service-evaluation-audit",
        Title = "Service evaluation or audit",
        Groups =
        [
            new("", new FormField { Name = "institutional_reference", Label = "Reference of your institution's review board", IsRequired = false }),
            new(
                "Sponsor",
                new FormField { Name = "sponsor_name", Label = "Name of the sponsor", IsRequired = false },
                new FormField { Name = "sponsor_email", Label = "E-mail address of the sponsor", Kind = FieldKind.Email, IsRequired = false },
                new FormField { Name = "sponsor_job_role", Label = "Role of the sponsor", IsRequired = false }),
        ],
        Applies = answers => Is(answers, Evaluation) || Is(answers, Audit),
    };

    private static bool Is(IReadOnlyDictionary<string, Answers> answers, string type) =>
        answers.GetValueOrDefault(TypeOfStudyKey)?.Chose(TypesField, type) == true;
}
