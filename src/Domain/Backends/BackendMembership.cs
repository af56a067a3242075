using JobServer.Domain.Users;

namespace JobServer.Domain.Backends;

/// <summary>Who may run jobs at a backend, given <c>job run</c> in the project.</summary>
public sealed class BackendMembership
{
    public int BackendId { get; init; }

    public Backend Backend { get; init; } = null!;

    public int UserId { get; init; }

    public User User { get; init; } = null!;

    public DateTimeOffset CreatedAt { get; init; }

    public int? CreatedById { get; init; }
}
