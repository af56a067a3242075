namespace JobServer.Domain.Applications.Forms;

/// <summary>One question.</summary>
public sealed record FormField
{
    public const int TextLength = 200;
    public const int LongTextLength = 5000;
    public const int EmailLength = 254;
    public const int TelephoneLength = 40;

    private readonly int? _maxLength;

    /// <summary>In forms and in the stored answers: lower case, digits and underscores; unique on its page.</summary>
    public required string Name { get; init; }

    public required string Label { get; init; }

    public string Hint { get; init; } = "";

    public FieldKind Kind { get; init; }

    /// <summary>Without an answer the application cannot be submitted. It can always be saved.</summary>
    public bool IsRequired { get; init; } = true;

    /// <summary>The yes-or-no field of the same page that must say yes before an answer is required; empty for none.</summary>
    public string RequiredAfterYesTo { get; init; } = "";

    /// <summary>What to say when somebody wants to go on without an answer; empty where one can go on.</summary>
    public string NeededToContinue { get; init; } = "";

    public IReadOnlyList<FieldOption> Options { get; init; } = [];

    /// <summary>The purpose of the field as browsers know it, where it asks about the person at the keyboard.</summary>
    public string? Autocomplete { get; init; }

    /// <summary>In characters of .NET.</summary>
    public int MaxLength
    {
        get => _maxLength ?? Kind switch
        {
            FieldKind.LongText => LongTextLength,
            FieldKind.Email => EmailLength,
            FieldKind.Telephone => TelephoneLength,
            FieldKind.Checkboxes => LongTextLength,
            FieldKind.Text or FieldKind.YesNo or FieldKind.Date or FieldKind.Choice => TextLength,
        };
        init => _maxLength = value;
    }

    /// <summary>Drawn as several inputs below one legend.</summary>
    public bool IsGroup => Kind is FieldKind.YesNo or FieldKind.Choice or FieldKind.Checkboxes;

    /// <summary>The options, also of a yes-or-no field.</summary>
    public IReadOnlyList<FieldOption> Choices => Kind == FieldKind.YesNo ? YesNo : Options;

    /// <summary>Whether an application with these answers lacks this one.</summary>
    public bool IsMissingIn(Answers answers) =>
        answers[Name].Length == 0 && IsRequired && (RequiredAfterYesTo.Length == 0 || answers[RequiredAfterYesTo] == Answers.Yes);

    /// <summary>An answer as people read it; several lines for several choices.</summary>
    public string Display(string answer) => Kind switch
    {
        FieldKind.YesNo or FieldKind.Choice => LabelOf(answer),
        FieldKind.Checkboxes => string.Join('\n', Answers.Choices(answer).Select(LabelOf)),
        FieldKind.Text or FieldKind.LongText or FieldKind.Email or FieldKind.Telephone or FieldKind.Date => answer,
    };

    private static readonly FieldOption[] YesNo = [new(Answers.Yes, "Yes"), new(Answers.No, "No")];

    private string LabelOf(string value) => Choices.FirstOrDefault(option => option.Value == value)?.Label ?? value;
}
