namespace JobServer.AllInOne;

public sealed record AllInOneOptions
{
    /// <summary>Of the web pages; 0 takes a free one.</summary>
    public required int Port { get; init; }

    /// <summary>Absolute.</summary>
    public required string DataDirectory { get; init; }

    /// <summary>Only warnings are logged.</summary>
    public bool IsQuiet { get; init; }
}
