namespace JobServer.Portal.Releases;

/// <summary>Who took a released file away, when and why.</summary>
internal sealed record Deletion(DateTimeOffset At, string By, string Reason);
