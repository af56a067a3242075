using JobServer.Domain.Access;
using JobServer.Portal.Access;

namespace JobServer.Portal.Admin;

internal static class AdminSections
{
    public static IReadOnlyList<AdminSection> All { get; } =
    [
        new("Applications", AdminLinks.Applications, Permission.ReadApplications, "Read, review and decide what people apply for."),
        new("Users", AdminLinks.Users, Permission.ViewAdminLists, "People, their roles, and where they belong."),
        new("Organisations", AdminLinks.Organisations, Permission.ViewAdminLists, "Who belongs to them, and their projects."),
        new("Projects", AdminLinks.Projects, Permission.ViewAdminLists, "Studies, their members and numbers."),
        new("Workspaces", AdminLinks.Workspaces, Permission.ManageWorkspaces, "Repositories and branches that are run."),
        new("Backends", AdminLinks.Backends, Permission.ViewAdminLists, "Sites, their agents, tokens, policies and members."),
        new("Runs", AdminLinks.Runs, Permission.ManageRuns, "Every request, the queues, and the switch that stops new runs."),
        new("Site alerts", AdminLinks.Alerts, Permission.ManageSiteAlerts, "Messages on every page."),
        new("Redirects", AdminLinks.Redirects, Permission.ManageRedirects, "Former addresses and where they lead."),
        new("Audit log", AdminLinks.Audit, Permission.ReadAuditLog, "Who did what, and whether the record is whole."),
        new("Permissions", AdminLinks.Permissions, Permission.ReadOwnRights, "What each role allows, and why somebody cannot do something."),
    ];

    public static IEnumerable<AdminSection> For(HttpContext context) => All.Where(section => context.May(section.Permission));
}
