namespace JobServer.Data.Notifications;

/// <summary>What the messages to a member of a project say: roles given or taken, or removed.</summary>
public sealed record ProjectMemberNotice
{
    public required string Project { get; init; }

    /// <summary>The project's address below the Portal's own.</summary>
    public required string Path { get; init; }

    /// <summary>Names of the roles that the member has now.</summary>
    public required IReadOnlyList<string> Roles { get; init; }
}
