namespace JobServer.Chaos.Tests.Links;

/// <summary>One fault and its measure.</summary>
internal sealed record LinkFault
{
    public static LinkFault None { get; } = new() { Kind = LinkFaultKind.None };

    public required LinkFaultKind Kind { get; init; }

    public TimeSpan Delay { get; init; }

    public int BytesPerSecond { get; init; }

    /// <summary>In bytes, both directions together, counted from when the fault begins.</summary>
    public long ResetAfter { get; init; }

    public static LinkFault Any(Random random)
    {
        var kinds = Enum.GetValues<LinkFaultKind>();
        return new LinkFault
        {
            Kind = kinds[random.Next(1, kinds.Length)],
            Delay = TimeSpan.FromMilliseconds(random.Next(20, 700)),
            BytesPerSecond = random.Next(2_000, 200_000),
            ResetAfter = random.Next(1, 200_000),
        };
    }

    public bool Blocks(bool fromAgent) => Kind switch
    {
        LinkFaultKind.Stall => true,
        LinkFaultKind.DeafCoordinator => fromAgent,
        LinkFaultKind.DeafAgent => !fromAgent,
        _ => false,
    };

    public override string ToString() => Kind switch
    {
        LinkFaultKind.Delay => $"delay of {Delay.TotalMilliseconds:0} ms",
        LinkFaultKind.Throttle => $"throttle to {BytesPerSecond} bytes/s",
        LinkFaultKind.ResetAfter => $"reset after {ResetAfter} bytes",
        LinkFaultKind.DeafCoordinator => "agent is not heard",
        LinkFaultKind.DeafAgent => "Coordinator is not heard",
        _ => Kind.ToString().ToLowerInvariant(),
    };
}
