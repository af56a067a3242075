using JobServer.Portal.Ui;

namespace JobServer.Portal.Studies;

/// <summary>An action in the picture of a pipeline; the place is its upper left corner.</summary>
internal sealed record PipelineBox(string Name, int X, int Y, bool UsesDatabase)
{
    private const int LongestLabel = 22;

    /// <summary>How its run is doing; null in a picture of no run.</summary>
    public Tone? Tone { get; init; }

    public string State { get; init; } = "";

    public string Label => Mark + (Name.Length > LongestLabel - Mark.Length ? Name[..(LongestLabel - Mark.Length - 1)] + "…" : Name);

    public string Title => State.Length > 0 ? $"{Name}: {State}" : Name;

    public string Css => string.Join(' ', new[] { UsesDatabase ? "database" : "", Tone is { } tone ? $"tone-{tone.ToString().ToLowerInvariant()}" : "" }
        .Where(name => name.Length > 0));

    /// <summary>Says the state to who does not see the colour.</summary>
    private string Mark => Tone switch
    {
        Ui.Tone.Good => "✓ ",
        Ui.Tone.Bad => "✕ ",
        Ui.Tone.Active => "▶ ",
        Ui.Tone.Waiting => "○ ",
        Ui.Tone.Neutral => "– ",
        _ => "",
    };
}
