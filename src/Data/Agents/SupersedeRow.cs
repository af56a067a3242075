namespace JobServer.Data.Agents;

/// <summary>Sessions of an agent that a new one takes over from, as a statement takes them: all before its epoch.</summary>
public sealed record SupersedeRow
{
    public required string Agent { get; init; }

    public required long Epoch { get; init; }

    public required DateTimeOffset At { get; init; }
}
