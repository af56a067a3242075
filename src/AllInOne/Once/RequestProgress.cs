namespace JobServer.AllInOne.Once;

internal sealed record RequestProgress
{
    public required int Number { get; init; }

    public required int Total { get; init; }

    public required int Ended { get; init; }

    public required int Failed { get; init; }

    public required IReadOnlyList<string> Running { get; init; }

    public string Text =>
        $"{Ended} of {Total} jobs ended"
        + (Failed > 0 ? $", {Failed} of them failed" : "")
        + (Running.Count > 0 ? $"; running: {string.Join(", ", Running)}" : "");
}
