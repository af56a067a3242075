using JobServer.Domain.Access;
using JobServer.Portal.Access;

namespace JobServer.Portal.Admin;

internal static class AdminSections
{
    public static IReadOnlyList<AdminSection> All { get; } =
    [
        new("Applications", AdminLinks.Applications, Permission.ReadApplications, "Read, review and decide what people apply for."),
        new("Users", AdminLinks.Users, Permission.ViewAdminLists, "People, what they may do and where they belong."),
        new("Organisations", AdminLinks.Organisations, Permission.ViewAdminLists, "Who runs studies here, their people and their projects."),
        new("Projects", AdminLinks.Projects, Permission.ViewAdminLists, "Studies: their place, number, status and members."),
        new("Workspaces", AdminLinks.Workspaces, Permission.ManageWorkspaces, "Repositories and branches whose actions are run, and which project they are in."),
        new("Runs", AdminLinks.Runs, Permission.ManageRuns, "Every request, what waits and why, and the switch that stops new runs."),
        new("Backends", AdminLinks.Backends, Permission.ViewAdminLists, "Sites, their agents, tokens, policies and members."),
        new("Site alerts", AdminLinks.Alerts, Permission.ManageSiteAlerts, "What everybody is told on every page."),
        new("Redirects", AdminLinks.Redirects, Permission.ManageRedirects, "Former addresses that lead on."),
        new("Audit log", AdminLinks.Audit, Permission.ReadAuditLog, "Who did what, and whether the record is whole."),
        new("Permissions", AdminLinks.Permissions, Permission.ReadOwnRights, "What each role allows, and why somebody cannot do something."),
    ];

    public static IEnumerable<AdminSection> For(HttpContext context) => All.Where(section => context.May(section.Permission));
}
