using JobServer.AllInOne.Demo;

namespace JobServer.AllInOne;

/// <summary>What each host is told when all run in one process.</summary>
internal sealed class SiteSettings(AllInOneOptions options, DemoSecrets secrets)
{
    /// <summary>Neither Development (no developer pages) nor Production (demo sign-in is allowed).</summary>
    public const string Environment = "AllInOne";

    public string RepositoriesDirectory => In("repositories");

    public Dictionary<string, string?> OfCoordinator() => new(Shared())
    {
        ["Coordinator:Listen"] = "http://127.0.0.1:0",
        ["Coordinator:InternalToken"] = secrets.InternalToken,
        ["Mail:Folder"] = In("mail"),
        ["Mail:PortalAddress"] = $"http://127.0.0.1:{options.Port}",
    };

    public Dictionary<string, string?> OfPortal(string coordinatorAddress) => new(Shared())
    {
        // Anybody may sign in as anybody here, so no other site may reach it through a name of its own.
        ["AllowedHosts"] = "127.0.0.1;localhost;[::1]",
        ["Urls"] = $"http://127.0.0.1:{options.Port}",
        ["Portal:SiteName"] = "JobServer",
        ["Portal:DemoSignIn"] = "true",
        ["Portal:Development:MailFolder"] = In("mail"),
        ["Portal:Coordinator:Address"] = coordinatorAddress,
        ["Portal:Coordinator:InternalToken"] = secrets.InternalToken,
        ["CodeHosts:Local:Root"] = RepositoriesDirectory,
        ["CodeHosts:Local:Address"] = DemoRepository.HostAddress,
    };

    public Dictionary<string, string?> OfAgent(DemoBackend backend, string coordinatorAddress) => new(Logging())
    {
        ["Agent:CoordinatorAddress"] = coordinatorAddress,
        ["Agent:Token"] = secrets.AgentTokens[backend.Slug],
        ["Agent:Backend"] = backend.Slug,
        ["Agent:StateDirectory"] = In("agents", backend.Slug),
        ["Agent:SiteDirectory"] = In("sites", backend.Slug),

        // Each agent's jobs run under user numbers of their own.
        ["Agent:Sandbox:BaseUserId"] = (720_000 + (1000 * DemoSeed.Backends.IndexOf(backend))).ToString(),
        ["Agent:Limits:DiskFloor"] = "0",
    };

    private Dictionary<string, string?> Shared() => new(Logging())
    {
        ["Database:Provider"] = "Sqlite",
        ["Database:ConnectionString"] = $"Data Source={In("jobserver.db")}",
        ["Blobs:Directory"] = In("blobs"),
        ["Audit:Key"] = secrets.AuditKey,
        ["Audit:HeadsFile"] = In("audit-heads.log"),
    };

    private Dictionary<string, string?> Logging() => new()
    {
        ["Logging:LogLevel:Default"] = "Warning",

        // The demo keeps its keys unencrypted in its own database; a Portal in production refuses to.
        ["Logging:LogLevel:Microsoft.AspNetCore.DataProtection"] = "Error",
        ["Logging:LogLevel:JobServer"] = options.IsQuiet ? "Warning" : "Information",
        ["Logging:Console:FormatterName"] = "simple",
        ["Logging:Console:FormatterOptions:SingleLine"] = "true",
        ["Logging:Console:FormatterOptions:TimestampFormat"] = "HH:mm:ss ",
        ["Logging:Console:LogToStandardErrorThreshold"] = "Trace",
    };

    private string In(params string[] names) => Path.Combine([options.DataDirectory, .. names]);
}
