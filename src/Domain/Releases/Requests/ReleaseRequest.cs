using JobServer.Domain.Backends;
using JobServer.Domain.Users;
using JobServer.Domain.Workspaces;

namespace JobServer.Domain.Releases.Requests;

/// <summary>A researcher asks that files leave quarantine; two output checkers decide on each.</summary>
public sealed class ReleaseRequest
{
    public const int TextMaxLength = 4000;

    /// <summary>Checkers that must agree on a file. Neither belongs to the project.</summary>
    public const int CheckersNeeded = 2;

    public int Id { get; init; }

    public required int WorkspaceId { get; init; }

    public Workspace Workspace { get; init; } = null!;

    public required int BackendId { get; init; }

    public Backend Backend { get; init; } = null!;

    public required int CreatedById { get; init; }

    public User CreatedBy { get; init; } = null!;

    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>The last time; the age in the queue counts from here.</summary>
    public required DateTimeOffset SubmittedAt { get; set; }

    public ReleaseRequestState State { get; set; }

    /// <summary>From 1; each submission after a return is the next.</summary>
    public int Turn { get; set; } = 1;

    /// <summary>What the files show, of how many people, and how they relate to others.</summary>
    public required string Context { get; set; }

    /// <summary>What was done against disclosure.</summary>
    public required string Controls { get; set; }

    /// <summary>When it was withdrawn, rejected or released.</summary>
    public DateTimeOffset? EndedAt { get; set; }

    /// <summary>The release that it led to.</summary>
    public string? ReleaseId { get; set; }

    public int Revision { get; set; }

    public List<ReleaseRequestFile> Files { get; } = [];

    public List<ReleaseComment> Comments { get; } = [];

    /// <summary>
    /// What the votes on a file come to: true leaves, false stays, null waits for more. Two who reject keep it in, however many
    /// approve.
    /// </summary>
    public static bool? Decision(int approvals, int rejections) =>
        rejections >= CheckersNeeded ? false : approvals >= CheckersNeeded ? true : null;
}
