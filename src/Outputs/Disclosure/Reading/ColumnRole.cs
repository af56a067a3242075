namespace JobServer.Outputs.Disclosure.Reading;

internal enum ColumnRole
{
    /// <summary>Words that say what a row is about.</summary>
    Label,

    /// <summary>Whole numbers that number or order the rows: years, ages, codes.</summary>
    Ordinal,

    /// <summary>How many people or events there are.</summary>
    Count,

    /// <summary>Any other numbers: rates, means, intervals.</summary>
    Statistic,
}
