using JobServer.Domain.Jobs;

namespace JobServer.Portal.Jobs;

/// <summary>One line of a short list of requests.</summary>
internal sealed record RequestRow
{
    public required int Number { get; init; }

    public required JobRequestState State { get; init; }

    public required string Organisation { get; init; }

    public required string Project { get; init; }

    public required string Workspace { get; init; }

    public required string Backend { get; init; }

    public required IReadOnlyList<string> Actions { get; init; }

    public required int Jobs { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    public required DateTimeOffset? StartedAt { get; init; }

    public string Address => JobLinks.Request(Organisation, Project, Workspace, Number);
}
