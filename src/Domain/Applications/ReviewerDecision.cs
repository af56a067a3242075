namespace JobServer.Domain.Applications;

/// <summary>The governance or the technical decision about an application; all empty while it has not been given.</summary>
public sealed record ReviewerDecision
{
    public const int NotesMaxLength = 2000;

    public DecisionOutcome? Outcome { get; init; }

    public string Notes { get; init; } = "";

    public DateTimeOffset? At { get; init; }

    public int? ById { get; init; }

    /// <summary>Neither missing nor against it.</summary>
    public bool IsForIt => Outcome == DecisionOutcome.Approve;
}
