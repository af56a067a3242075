using JobServer.Data;
using JobServer.Domain.Access;
using JobServer.Domain.Applications;
using JobServer.Domain.Applications.Forms;
using JobServer.Domain.Projects;

namespace JobServer.Portal.Applications;

/// <summary>What reviewers and admins are asked, described as the applicants' own forms are.</summary>
internal static class ReviewForms
{
    public const string VerdictField = "verdict";
    public const string NotesField = "notes";
    public const string StatusField = "status";
    public const string CommentField = "comment";
    public const string NameField = "name";
    public const string SlugField = "slug";
    public const string NumberField = "number";
    public const string RolesField = "roles";
    public const string ReasonField = "reason";

    public static FormPage Verdict { get; } = Form(
        new FormField
        {
            Name = VerdictField,
            Label = "Verdict",
            Kind = FieldKind.Choice,
            NeededToContinue = "Choose a verdict.",
            Options = [new(SnakeCase.Of(PageVerdict.Accepted), "Accepted"), new(SnakeCase.Of(PageVerdict.NeedsChange), "Needs a change")],
        },
        new FormField
        {
            Name = NotesField,
            Label = "Notes to the applicant",
            Hint = "The applicant reads them beside the page. Needed when something is to be changed.",
            Kind = FieldKind.LongText,
            MaxLength = ApplicationPage.NotesMaxLength,
            IsRequired = false,
        });

    public static IReadOnlyDictionary<DecisionKind, FormPage> Decisions { get; } = Enum.GetValues<DecisionKind>().ToDictionary(kind => kind, kind => Form(
        new FormField
        {
            Name = OutcomeField(kind),
            Label = kind.Name(),
            Kind = FieldKind.Choice,
            NeededToContinue = "Choose whether to approve or to reject.",
            Options = [new(SnakeCase.Of(DecisionOutcome.Approve), "Approve"), new(SnakeCase.Of(DecisionOutcome.Reject), "Reject")],
        },
        new FormField
        {
            Name = DecisionNotesField(kind),
            Label = "Notes",
            Hint = "For the other reviewers and the admins; the applicant does not see them.",
            Kind = FieldKind.LongText,
            MaxLength = ReviewerDecision.NotesMaxLength,
            IsRequired = false,
        }));

    public static string OutcomeField(DecisionKind kind) => $"{SnakeCase.Of(kind)}_outcome";

    public static string DecisionNotesField(DecisionKind kind) => $"{SnakeCase.Of(kind)}_notes";

    /// <summary>The statuses that an admin can set from this one. The approval has a page of its own.</summary>
    public static FormPage Status(ApplicationStatus from) => Form(
        new FormField
        {
            Name = StatusField,
            Label = "New status",
            Kind = FieldKind.Choice,
            NeededToContinue = "Choose the new status.",
            Options =
            [
                .. Enum.GetValues<ApplicationStatus>().Where(target => from.ActTo(target) is not (null or ApplicationAct.ApproveFully))
                    .Select(target => new FieldOption(SnakeCase.Of(target), $"{target.Name()}: {target.Effect()}")),
            ],
        },
        Comment("The applicant reads it on their list of applications and in an e-mail. Needed when something is asked of them, or refused."));

    /// <param name="needsReason">A decision is missing or against it.</param>
    public static FormPage Approval(bool needsReason) => Form(
        [
            new FormField { Name = NameField, Label = "Name of the project", NeededToContinue = "Enter a name for the project.", MaxLength = Project.NameMaxLength },
            new FormField
            {
                Name = SlugField,
                Label = "Name in its address",
                Hint = "Letters, digits, hyphens and underscores. Made of the project's name when you leave it empty.",
                MaxLength = Domain.Slug.MaxLength,
                IsRequired = false,
            },
            new FormField { Name = NumberField, Label = "Number of the project", Hint = "No other project may have it.", MaxLength = Project.NumberMaxLength, IsRequired = false },
            new FormField
            {
                Name = RolesField,
                Label = "Roles of the applicant in the project",
                Kind = FieldKind.Checkboxes,
                NeededToContinue = "Choose at least one role; without one the applicant could do nothing in the project.",
                Options = [.. Roles.OfProjects.Select(role => new FieldOption(SnakeCase.Of(role), $"{role.Name()}: {role.Sentence()}"))],
            },
            .. needsReason
                ? [new FormField
                {
                    Name = ReasonField,
                    Label = "Why it is approved all the same",
                    Hint = "A decision is missing or against it. The reason stays beside the application, and in the audit log.",
                    Kind = FieldKind.LongText,
                    MaxLength = Application.OverrideReasonMaxLength,
                    NeededToContinue = "Say why it is approved although a decision is missing or against it.",
                }]
                : Array.Empty<FormField>(),
            Comment("The applicant reads it on their list of applications and in an e-mail, with what to do next."),
        ]);

    private static FormField Comment(string hint) => new()
    {
        Name = CommentField,
        Label = "Comment to the applicant",
        Hint = hint,
        Kind = FieldKind.LongText,
        MaxLength = Application.StatusCommentMaxLength,
        IsRequired = false,
    };

    private static FormPage Form(params IReadOnlyList<FormField> fields) =>
        new() { Key = "review", Title = "Review", Groups = [new FieldGroup("", fields)] };
}
