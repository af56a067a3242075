namespace JobServer.Domain.Notifications;

/// <summary>A message to send, written in the transaction that caused it.</summary>
public sealed class OutboxMessage
{
    public long Id { get; init; }

    public required MessageTemplate Template { get; init; }

    public required string Recipient { get; init; }

    /// <summary>What the template needs, as JSON.</summary>
    public required string Data { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    public required DateTimeOffset NextAttemptAt { get; set; }

    public int Attempts { get; set; }

    public DateTimeOffset? SentAt { get; set; }

    /// <summary>Set when the last attempt is used up; a person must look.</summary>
    public DateTimeOffset? AbandonedAt { get; set; }

    public string? LastError { get; set; }
}
