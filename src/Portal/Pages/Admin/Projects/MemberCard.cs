using JobServer.Domain.Access;

namespace JobServer.Portal.Pages.Admin.Projects;

/// <summary>A person and a project, of which they are a member or may become one.</summary>
internal sealed record MemberCard
{
    public required int ProjectId { get; init; }

    public required string Project { get; init; }

    public required int UserId { get; init; }

    public required string Name { get; init; }

    public required bool IsActive { get; init; }

    public required bool HasOrganisation { get; init; }

    public required bool HasBackend { get; init; }

    /// <summary>Null where they are no member.</summary>
    public required int? Revision { get; init; }

    public required List<Role> Roles { get; init; }

    public bool IsMember => Revision is not null;

    /// <summary>What they belong to none of; empty when nothing is missing.</summary>
    public string Lacks => (HasOrganisation, HasBackend) switch
    {
        (false, false) => "no organisation and no backend",
        (false, true) => "no organisation",
        (true, false) => "no backend",
        _ => "",
    };
}
