using JobServer.Domain.Access;
using JobServer.Portal.Access;

namespace JobServer.Portal.Admin;

internal static class AdminSections
{
    public static IReadOnlyList<AdminSection> All { get; } =
    [
        new("Applications", AdminLinks.Applications, Permission.ReadApplications, "Read, review and decide what people apply for."),
        new("Users", AdminLinks.Users, Permission.ViewAdminLists, "People, what they may do and where they belong."),
        new("Backends", AdminLinks.Backends, Permission.ViewAdminLists, "Sites, their agents, tokens, policies and members."),
        new("Audit log", AdminLinks.Audit, Permission.ReadAuditLog, "Who did what, and whether the record is whole."),
        new("Permissions", AdminLinks.Permissions, Permission.ReadOwnRights, "What each role allows, and why somebody cannot do something."),
    ];

    /// <summary>Whether the part is there, and may be linked to.</summary>
    public static bool Has(string address) => All.Any(part => part.Address == address);

    public static IEnumerable<AdminSection> For(HttpContext context) => All.Where(section => context.May(section.Permission));
}
