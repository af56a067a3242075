using JobServer.Domain.Users;

namespace JobServer.Domain.Releases.Requests;

/// <summary>What one checker decided on one file. An approval of an unchanged file holds in later turns too.</summary>
public sealed class ReleaseVote
{
    public const int CommentMaxLength = 1000;

    public long Id { get; init; }

    public required long FileId { get; init; }

    public ReleaseRequestFile File { get; init; } = null!;

    public required int CheckerId { get; init; }

    public User Checker { get; init; } = null!;

    public required bool IsApproval { get; set; }

    /// <summary>Of a rejection.</summary>
    public ReviewReason? Reason { get; set; }

    public string Comment { get; set; } = "";

    /// <summary>In which turn it was given.</summary>
    public required int Turn { get; set; }

    public required DateTimeOffset At { get; set; }
}
