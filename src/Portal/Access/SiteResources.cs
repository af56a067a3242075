using JobServer.Domain.Access;

namespace JobServer.Portal.Access;

/// <summary>What the address names, loaded once, and what the person may do there.</summary>
internal sealed record SiteResources
{
    public static SiteResources None { get; } = new();

    public OrganisationView? Organisation { get; init; }

    public ProjectView? Project { get; init; }

    public WorkspaceView? Workspace { get; init; }

    public Rights Rights { get; init; } = Rights.Visitor;
}
