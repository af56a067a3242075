namespace JobServer.Portal.Admin;

/// <summary>Addresses of the admin area. Things are named by their number: their names and slugs change here.</summary>
internal static class AdminLinks
{
    public const string Index = "/admin";
    public const string Users = "/admin/users";
    public const string Organisations = "/admin/organisations";
    public const string Projects = "/admin/projects";
    public const string Workspaces = "/admin/workspaces";
    public const string Backends = "/admin/backends";
    public const string Applications = "/admin/applications";
    public const string Runs = "/admin/runs";
    public const string Alerts = "/admin/alerts";
    public const string Redirects = "/admin/redirects";
    public const string Audit = "/admin/audit";
    public const string Permissions = "/admin/permissions";
    public const string PermissionsCsv = $"{Permissions}?handler=Csv";

    /// <summary>The question why somebody may not do something, asked.</summary>
    /// <param name="permission">By its name.</param>
    /// <param name="project">As in its address; null where it is about none.</param>
    public static string Why(string permission, string? project) =>
        $"{Permissions}?Why={permission}" + (project is null ? "" : $"&Project={Uri.EscapeDataString(project)}");

    public static string User(int id) => $"{Users}/{id}";

    public static string Organisation(int id) => $"{Organisations}/{id}";

    public static string Project(int id) => $"{Projects}/{id}";

    public static string Workspace(int id) => $"{Workspaces}/{id}";

    public static string Backend(int id) => $"{Backends}/{id}";

    /// <param name="publicId">As in the applicant's own address of it.</param>
    public static string Application(string publicId) => $"{Applications}/{publicId}";

    public static string ApplicationPage(string publicId, string key) => $"{Applications}/{publicId}/{key}";

    public static string ApplicationApproval(string publicId) => $"{Applications}/{publicId}/approve";

    /// <summary>What is left to do after an approval.</summary>
    public static string ApplicationNextSteps(string publicId) => $"{Applications}/{publicId}/created";

    public static string NewAlert => $"{Alerts}/edit";

    public static string Alert(int id) => $"{NewAlert}/{id}";

    public static string RunSwitch => $"{Runs}/switch";

    public static string Queue => $"{Runs}/queue";

    public static string LostRuns => $"{Runs}/lost";

    public static string NewOrganisation => $"{Organisations}/new";

    public static string OrganisationMembers(int id) => $"{Organisation(id)}/members";

    public static string NewProject => $"{Projects}/new";

    /// <param name="id">The organisation, chosen already.</param>
    public static string NewProjectOf(int id) => $"{NewProject}?organisation={id}";

    public static string ProjectMembers(int id) => $"{Project(id)}/members";

    public static string ProjectMember(int id, int user) => $"{ProjectMembers(id)}/{user}";

    public static string NewBackend => $"{Backends}/new";

    public static string BackendSettings(int id) => $"{Backends}/{id}/settings";

    public static string BackendWeights(int id) => $"{Backends}/{id}/weights";

    public static string BackendTokens(int id) => $"{Backends}/{id}/tokens";

    public static string BackendMembers(int id) => $"{Backends}/{id}/members";

    public static string BackendAgent(int id, string agent) => $"{Backends}/{id}/agents/{Uri.EscapeDataString(agent)}";
}
