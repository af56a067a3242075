namespace JobServer.Data.Jobs;

/// <summary>A request with jobs that are pending, and whose share they are of.</summary>
internal sealed record OpenRequest
{
    public required int Id { get; init; }

    /// <summary>Jobs that are pending, whatever they wait for.</summary>
    public required int Pending { get; init; }

    public required int UserId { get; init; }

    public required int WorkspaceId { get; init; }

    public required int ProjectId { get; init; }

    /// <summary>The project's weight.</summary>
    public required int Weight { get; init; }
}
