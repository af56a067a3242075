namespace JobServer.Outputs.Disclosure;

/// <summary>The thresholds that a site holds its outputs to. A profile never changes: other thresholds have another version.</summary>
public sealed record DisclosureProfile
{
    /// <summary>Lower-case letters, digits and hyphens; stored with a backend.</summary>
    public required string Name { get; init; }

    public required string Version { get; init; }

    /// <summary>Who published the thresholds, for people who choose one.</summary>
    public required string Source { get; init; }

    /// <summary>A count below it discloses; it itself does not.</summary>
    public required int MinimumCount { get; init; }

    /// <summary>Counts are multiples of it; null where rounding is not asked for.</summary>
    public int? RoundingBase { get; init; }

    /// <summary>A count of nobody discloses too.</summary>
    public bool ZeroIsSmall { get; init; }

    /// <summary>Columns named <c>…_midpoint6</c> hold counts that were rounded to the middle of a range of six.</summary>
    public bool AllowsMidpoint6 { get; init; }

    /// <summary>More columns are hard to judge; exactly this many pass.</summary>
    public int MaxColumns { get; init; } = 30;

    public OutputLimits Limits { get; init; } = new();

    /// <summary>As a release records it, such as <c>strict 2026.1</c>.</summary>
    public string Label => $"{Name} {Version}";
}
