using JobServer.Domain.Access;

namespace JobServer.Portal.Access;

/// <summary>Who is signed in.</summary>
internal sealed record Person
{
    public required int Id { get; init; }

    public required string Login { get; init; }

    public required string Name { get; init; }

    public required IReadOnlySet<Role> Roles { get; init; }

    /// <summary>Changes when the picture does; null where the person has none.</summary>
    public string? PictureKey { get; init; }
}
