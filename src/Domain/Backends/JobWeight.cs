namespace JobServer.Domain.Backends;

/// <summary>How many slots the jobs of an action take at a backend. The first that matches, by <see cref="Position"/>, holds; else one.</summary>
public sealed class JobWeight
{
    public const int PatternMaxLength = 200;

    public int Id { get; init; }

    public int BackendId { get; init; }

    public Backend Backend { get; init; } = null!;

    public int Position { get; set; }

    /// <summary>A workspace's slug; null for all.</summary>
    public string? Workspace { get; set; }

    /// <summary>The name of an action, in which * stands for any characters.</summary>
    public required string ActionPattern { get; set; }

    /// <summary>From 1.</summary>
    public int Slots { get; set; } = 1;
}
