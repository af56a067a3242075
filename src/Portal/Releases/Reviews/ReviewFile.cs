using JobServer.Domain.Backends;
using JobServer.Domain.Jobs;
using JobServer.Domain.Releases.Requests;
using JobServer.Outputs.Disclosure;

namespace JobServer.Portal.Releases.Reviews;

/// <summary>A file of a request as checkers and its author see it.</summary>
internal sealed record ReviewFile
{
    public required long Id { get; init; }

    public required string Path { get; init; }

    /// <summary>What project.yaml says of the action's outputs.</summary>
    public required IReadOnlyList<JobOutputSpec> Outputs { get; init; }

    /// <summary>The run that made it.</summary>
    public required ReviewOrigin Origin { get; init; }

    /// <summary>Why the same content was deleted after a release; null when it was not.</summary>
    public string? DeletedBefore { get; init; }

    public required long Size { get; init; }

    public required string Digest { get; init; }

    public required string Exception { get; init; }

    public required int AddedInTurn { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    public required string CheckedWith { get; init; }

    public required IReadOnlyList<Finding> Findings { get; init; }

    public required IReadOnlyList<ReviewVote> Votes { get; init; }

    public int Approvals => Votes.Count(vote => vote.IsApproval);

    /// <summary>The request's turn: a rejection of a former one is on record and no longer counts.</summary>
    public required int Turn { get; init; }

    public int Rejections => Votes.Count(vote => !vote.IsApproval && vote.Turn == Turn);

    /// <summary>What it came to; null while it waits for another decision.</summary>
    public bool? Decision => ReleaseRequest.Decision(Approvals, Rejections);

    /// <summary>As the viewer reads it. Its identifier is of no release.</summary>
    public ReleasedFile Bytes => new()
    {
        Id = $"quarantine-{Id}",
        ReleaseId = "",
        Policy = ReleasePolicy.Reviewed,
        Path = Path,
        Size = Size,
        Digest = Digest,
        CreatedAt = CreatedAt,
    };
}
