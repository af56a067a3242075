namespace JobServer.Data.Jobs;

public sealed record ClaimedInput
{
    public required string Action { get; init; }

    public required string JobId { get; init; }

    public required string ManifestDigest { get; init; }
}
