namespace JobServer.Data.Jobs;

/// <summary>What a unit of work will write to one job: its row as it was read, and the moves that follow each other.</summary>
internal sealed class PlannedWrite(JobRow read)
{
    /// <summary>As it must still be when it is written.</summary>
    public JobRow Read { get; } = read;

    /// <summary>As the moves so far leave it.</summary>
    public JobRow Job => Moves.Count == 0 ? Read : Moves[^1].After;

    public List<PlannedMove> Moves { get; } = [];

    /// <summary>The session in whose name it is written; null where no agent speaks.</summary>
    public long? Epoch { get; set; }
}
