namespace JobServer.Outputs;

/// <summary>Whether a file may leave the site for review, and if not, why: one plain reason each.</summary>
public sealed record OutputVerdict
{
    public required IReadOnlyList<string> Reasons { get; init; }

    /// <summary>Of a CSV file that could be read.</summary>
    public CsvShape? Shape { get; init; }

    public bool Accepted => Reasons.Count == 0;
}
