namespace JobServer.Data.Jobs;

/// <summary>A job that could start, or, without <see cref="Id"/>, the slots that one person's jobs of a workspace hold now.</summary>
internal sealed record QueueRow
{
    public string? Id { get; init; }

    public long Fence { get; init; }

    public int JobRequestId { get; init; }

    public int Position { get; init; }

    public bool UsesDatabase { get; init; }

    /// <summary>What the job takes, or what is held in sum.</summary>
    public int Slots { get; init; }

    public int WorkspaceId { get; init; }

    public int UserId { get; init; }

    public int ProjectId { get; init; }

    /// <summary>The project's weight.</summary>
    public int Weight { get; init; }

    /// <summary>Oldest request first, then the order of its jobs.</summary>
    public (int Request, int Position) Age => (JobRequestId, Position);
}
