namespace JobServer.Data.Agents;

public sealed record DesiredCancel
{
    public required string JobId { get; init; }

    public required long Fence { get; init; }
}
