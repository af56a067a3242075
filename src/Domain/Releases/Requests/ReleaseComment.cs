using JobServer.Domain.Users;

namespace JobServer.Domain.Releases.Requests;

/// <summary>What author and checkers say to each other about a request.</summary>
public sealed class ReleaseComment
{
    public const int TextMaxLength = 4000;

    public long Id { get; init; }

    public required int ReleaseRequestId { get; init; }

    public required int AuthorId { get; init; }

    public User Author { get; init; } = null!;

    public required string Text { get; init; }

    public required int Turn { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }
}
