using JobServer.Domain.Jobs;

namespace JobServer.Portal.Pages.Runs;

/// <summary>A request as a log shows it.</summary>
internal sealed record RunRow
{
    public const int MostJobs = 20;
    private const int LongestActions = 60;

    public required int Number { get; init; }

    public required JobRequestState State { get; init; }

    /// <summary>Null while the project has no organisation, and so no address.</summary>
    public required string? Org { get; init; }

    public required string Project { get; init; }

    public required string Workspace { get; init; }

    public required string Backend { get; init; }

    public required string CreatedBy { get; init; }

    public required int Done { get; init; }

    public required int Total { get; init; }

    public required IReadOnlyList<string> RequestedActions { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    public required DateTimeOffset? StartedAt { get; init; }

    public IReadOnlyList<JobLine> Jobs { get; init; } = [];

    public bool IsOpen => State is JobRequestState.Pending or JobRequestState.Running;

    public RunAddress? Address => Org is null ? null : new RunAddress(Org, Project, Workspace);

    public string Actions => string.Join(", ", RequestedActions);

    /// <summary>Null when all of it fits.</summary>
    public string? ShortActions => Actions.Length > LongestActions ? Actions[..LongestActions].TrimEnd(',', ' ') + "…" : null;
}
