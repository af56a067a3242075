using System.Text.Json.Serialization;
using JobServer.Contracts.V1;

namespace JobServer.RunnerAgent.Journal;

/// <summary>One record of the journal. Which members are set follows from the kind.</summary>
internal sealed record JournalEntry
{
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    [JsonConverter(typeof(JsonStringEnumConverter<JournalEntryKind>))]
    public required JournalEntryKind Kind { get; init; }

    public string? AgentId { get; init; }

    public string? JournalId { get; init; }

    public long Epoch { get; init; }

    public string? HistoryId { get; init; }

    public string? JobId { get; init; }

    public long Fence { get; init; }

    [JsonConverter(typeof(JsonStringEnumConverter<AttemptState>))]
    public AttemptState State { get; init; }

    public long Sequence { get; init; }

    public long LastMade { get; init; }

    public bool Started { get; init; }

    public bool TerminalMade { get; init; }

    /// <summary>The assignment, or one report, as it goes over the wire.</summary>
    public byte[]? Body { get; init; }

    public IReadOnlyList<byte[]>? Reports { get; init; }

    /// <summary>The manifest's digest, or why a cancel was asked for.</summary>
    public string? Text { get; init; }

    public string? CancelReason { get; init; }

    public long GraceMs { get; init; }

    public long AtUnixMs { get; init; }

    [JsonIgnore]
    public AttemptKey Key => new(JobId ?? "", Fence);
}
