namespace JobServer.Portal.Studies;

/// <summary>An action in the picture of a pipeline; the place is its upper left corner.</summary>
internal sealed record PipelineBox(string Name, int X, int Y, bool UsesDatabase)
{
    private const int LongestLabel = 22;

    public string Label => Name.Length > LongestLabel ? Name[..(LongestLabel - 1)] + "…" : Name;
}
