namespace JobServer.Simulation.Tests.Specification.Store;

/// <summary>The columns of one job and of the newest sessions of two agents that decide what may happen, as narrow as they can be.</summary>
internal readonly record struct Rows
{
    public const byte MaxLost = 3;

    public Phase Phase { get; init; }

    public byte Fence { get; init; }

    /// <summary>Agent 1 or 2; 0 for none.</summary>
    public byte Holder { get; init; }

    /// <summary>Whom the fence was leased to, though the lease be gone.</summary>
    public byte LeasedTo { get; init; }

    public bool IsAccepted { get; init; }

    public bool IsCancelled { get; init; }

    public byte Applied { get; init; }

    public byte Lost { get; init; }

    public Ending Ending { get; init; }

    public byte Epoch1 { get; init; }

    public byte Epoch2 { get; init; }

    public bool IsLive1 { get; init; }

    public bool IsLive2 { get; init; }

    /// <summary>Not a column: how many reports of this fence took effect.</summary>
    public byte Effects { get; init; }

    /// <summary>Not a column: the fence whose report ended the job.</summary>
    public byte EndedBy { get; init; }

    /// <summary>Not a column.</summary>
    public Breach Breach { get; init; }

    public static Rows Initial { get; } = new() { Epoch1 = 1, Epoch2 = 1, IsLive1 = true, IsLive2 = true };

    public bool IsOpen => Phase != Phase.Ended;

    public bool IsHeld => IsOpen && Holder != 0;

    /// <summary>What a test can read back: columns alone, without what only the model notes.</summary>
    public Rows ColumnsAlone() => this with { LeasedTo = 0, Effects = 0, EndedBy = 0, Breach = Breach.None };

    public byte EpochOf(int agent) => agent == 1 ? Epoch1 : Epoch2;

    public bool IsLive(int agent) => agent == 1 ? IsLive1 : IsLive2;

    public Rows WithEpoch(int agent, int epoch) => agent == 1 ? this with { Epoch1 = (byte)epoch } : this with { Epoch2 = (byte)epoch };

    public Rows WithLive(int agent, bool isLive) => agent == 1 ? this with { IsLive1 = isLive } : this with { IsLive2 = isLive };

    public bool IsHeldBy(int agent, int fence) => IsOpen && Holder == agent && Fence == fence;
}
