namespace JobServer.Outputs;

/// <summary>What a moderately sensitive file may be to leave the site for review, whatever its numbers are.</summary>
public sealed record OutputLimits
{
    /// <summary>In bytes; a file of exactly this size passes.</summary>
    public long MaxBytes { get; init; } = 16 * 1024 * 1024;

    /// <summary>Rows under the header; exactly this many pass.</summary>
    public int MaxCsvRows { get; init; } = 5000;

    /// <summary>With their dot; compared without case.</summary>
    public IReadOnlyList<string> AllowedExtensions { get; init; } =
        [".csv", ".jpg", ".jpeg", ".png", ".svg", ".svgz", ".html", ".txt", ".log", ".json", ".md"];

    /// <summary>Columns that tell a person apart; compared without case, spaces and signs.</summary>
    public IReadOnlyList<string> IdentifierColumns { get; init; } =
        ["patient_id", "pat_id", "person_id", "pseudo_id", "nhs_number", "nhs_no", "chi", "chi_number", "mrn", "upn", "id"];
}
