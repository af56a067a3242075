namespace JobServer.Domain.Applications.Forms;

/// <summary>Which data, and by what right.</summary>
internal static class DataPages
{
    public static FormPage StudyData { get; } = new()
    {
        Key = "study-data",
        Title = "Study data",
        Groups =
        [
            new(
                "",
                new FormField
                {
                    Name = "need_record_level_data",
                    Label = "Does the study need data about single people?",
                    Hint = "No, if published tables or other summaries would do.",
                    Kind = FieldKind.YesNo,
                },
                new FormField
                {
                    Name = "data_meets_purpose",
                    Label = "If not, why is this site still the right place for it?",
                    Kind = FieldKind.LongText,
                    IsRequired = false,
                }),
        ],
    };

    public static FormPage RecordLevelData { get; } = new()
    {
        Key = "record-level-data",
        Title = "Where the data is",
        Introduction = ["Your programs run where the data is kept, and only results that were checked come out."],
        Groups =
        [
            new(
                "",
                new FormField
                {
                    Name = "record_level_data_reasons",
                    Label = "Why does the study need the records of this site?",
                    Hint = "Say which of its data you need, for which people and years, and why less would not do.",
                    Kind = FieldKind.LongText,
                }),
        ],
    };

    public static FormPage DataSets(SiteForms site) => new()
    {
        Key = "datasets",
        Title = "Data sets",
        Introduction = ["For some of them, those who own the data must agree as well."],
        Groups =
        [
            new(
                "",
                new FormField
                {
                    Name = "data_sets",
                    Label = "Which data sets does the study need?",
                    Hint = "Choose all that it needs, and no others.",
                    Kind = FieldKind.Checkboxes,
                    IsRequired = false,
                    Options = [.. site.DataSets.Select(FieldOption.Of)],
                }),
        ],
    };

    public static FormPage LegalBasis(SiteForms site) => new()
    {
        Key = "legal-basis",
        Title = "Legal basis and priority",
        Groups =
        [
            new(
                "",
                new FormField
                {
                    Name = "legal_basis",
                    Label = "On what legal basis will the data be used?",
                    Hint = "Ask the data protection officer of your organisation if you are not sure.",
                    Kind = FieldKind.Choice,
                    Options = [.. site.LegalBases.Select(FieldOption.Of), FieldOption.Of("Another one")],
                },
                new FormField
                {
                    Name = "legal_basis_details",
                    Label = "More about the legal basis",
                    Kind = FieldKind.LongText,
                    IsRequired = false,
                },
                new FormField
                {
                    Name = "is_on_priority_list",
                    Label = "Has a public health authority asked for the study, or is it on a list of its priorities?",
                    Kind = FieldKind.YesNo,
                }),
        ],
    };
}
