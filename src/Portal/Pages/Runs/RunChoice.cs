namespace JobServer.Portal.Pages.Runs;

/// <summary>Something that a filter of a log can name.</summary>
internal sealed record RunChoice
{
    public const string BackendKind = "backend";
    public const string UserKind = "user";
    public const string WorkspaceKind = "workspace";

    public required string Kind { get; init; }

    public required int Id { get; init; }

    /// <summary>What stands in the address.</summary>
    public required string Value { get; init; }

    /// <summary>What else people call it; may be empty.</summary>
    public required string Label { get; init; }
}
