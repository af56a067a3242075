using JobServer.Domain.Access;

namespace JobServer.Portal.Access;

/// <summary>What pages ask about the person and the address at hand.</summary>
internal static class AccessContext
{
    /// <summary>Null for a visitor.</summary>
    public static Person? Person(this HttpContext context) => context.Features.Get<Person>();

    public static SiteResources Resources(this HttpContext context) => context.Features.Get<SiteResources>() ?? SiteResources.None;

    public static Rights Rights(this HttpContext context) => context.Resources().Rights;

    public static bool May(this HttpContext context, Permission permission) => context.Rights().May(permission);

    /// <summary>Why not, and who can change that; empty when allowed.</summary>
    public static string WhyNot(this HttpContext context, Permission permission) => PolicyTable.Decide(permission, context.Rights()).Explanation;

    /// <summary>The organisation of the address. Only on pages whose address has one.</summary>
    public static OrganisationView Organisation(this HttpContext context) => context.Resources().Organisation!;

    /// <summary>The project of the address. Only on pages whose address has one.</summary>
    public static ProjectView Project(this HttpContext context) => context.Resources().Project!;

    /// <summary>The workspace of the address. Only on pages whose address has one.</summary>
    public static WorkspaceView Workspace(this HttpContext context) => context.Resources().Workspace!;
}
