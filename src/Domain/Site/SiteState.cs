namespace JobServer.Domain.Site;

/// <summary>The single row of what holds for the whole service.</summary>
public sealed class SiteState
{
    public const int TheId = 1;
    public const int MessageMaxLength = 500;
    public const int SetUpCodeHashLength = 64;

    public int Id { get; init; } = TheId;

    /// <summary>Since when no new run is taken; null while runs are taken.</summary>
    public DateTimeOffset? RunsStoppedAt { get; set; }

    public int? RunsStoppedById { get; set; }

    /// <summary>What people are told while no run is taken.</summary>
    public string RunsStoppedMessage { get; set; } = "";

    /// <summary>SHA-256 of the code that makes its bearer the first admin; null before it was made and after it was used.</summary>
    public string? SetUpCodeHash { get; set; }

    public DateTimeOffset? SetUpCodeMadeAt { get; set; }

    /// <summary>When the service got its first admin; from then on no code and no setting makes another.</summary>
    public DateTimeOffset? SetUpAt { get; set; }

    public int Revision { get; set; }
}
