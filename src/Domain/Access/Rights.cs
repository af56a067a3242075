namespace JobServer.Domain.Access;

/// <summary>What a person holds, for one question: everywhere and, if the question is about a project, there.</summary>
public sealed record Rights
{
    public static Rights Visitor { get; } = new();

    public bool IsSignedIn { get; init; }

    public IReadOnlySet<Role> GlobalRoles { get; init; } = new HashSet<Role>();

    public bool IsMember { get; init; }

    public IReadOnlySet<Role> ProjectRoles { get; init; } = new HashSet<Role>();

    public bool Holds(Role role) => GlobalRoles.Contains(role) || ProjectRoles.Contains(role);

    public bool May(Permission permission) => PolicyTable.Decide(permission, this).IsAllowed;
}
