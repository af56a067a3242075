using System.Reflection;
using JobServer.Data;
using JobServer.Data.Sqlite;
using JobServer.Data.SqlServer;
using JobServer.Portal.Access;
using JobServer.Portal.Applications;
using JobServer.Portal.Audit;
using JobServer.Portal.Backends;
using JobServer.Portal.CodeHosts;
using JobServer.Portal.Compression;
using JobServer.Portal.Coordination;
using JobServer.Portal.Development;
using JobServer.Portal.Errors;
using JobServer.Portal.Jobs;
using JobServer.Portal.Limits;
using JobServer.Portal.Live;
using JobServer.Portal.Logs;
using JobServer.Portal.Pages.Runs;
using JobServer.Portal.Projects;
using JobServer.Portal.Releases;
using JobServer.Portal.Releases.Publications;
using JobServer.Portal.Releases.Reviews;
using JobServer.Portal.Security;
using JobServer.Portal.SignIn;
using JobServer.Portal.Site;
using JobServer.Portal.Theme;
using JobServer.Portal.Ui.Forms;
using JobServer.Portal.Users;
using JobServer.Portal.Workspaces;
using JobServer.ServiceDefaults;
using Microsoft.Extensions.Configuration.Json;
using Microsoft.Extensions.FileProviders;

namespace JobServer.Portal;

/// <summary>The portal as a library: <see cref="CreateBuilder"/>, <see cref="Add"/>, build, <see cref="Map"/>, run.</summary>
public static class PortalHost
{
    private static readonly string Name = typeof(PortalHost).Assembly.GetName().Name!;

    /// <summary>
    /// A builder that finds the portal's settings, pages and static files whichever program it runs in, from build
    /// output and from a published folder. Later sources (environment, arguments) win over <c>portal.json</c>.
    /// </summary>
    public static WebApplicationBuilder CreateBuilder(string[] args, string? environment = null)
    {
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions
        {
            Args = args,
            ApplicationName = Name,
            ContentRootPath = AppContext.BaseDirectory,
            EnvironmentName = environment,
        });
        builder.Configuration.Sources.Insert(0, new JsonConfigurationSource
        {
            FileProvider = new PhysicalFileProvider(AppContext.BaseDirectory),
            Path = "portal.json",
            Optional = true,
        });
        builder.WebHost.UseSetting(WebHostDefaults.StaticWebAssetsKey, Manifest("staticwebassets.runtime.json"));
        builder.WebHost.UseStaticWebAssets();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.AddServerHeader = false);
        return builder;
    }

    /// <summary>Registers everything the portal needs.</summary>
    public static void Add(WebApplicationBuilder builder)
    {
        var services = builder.Services;
        services.AddOptions<PortalOptions>().BindConfiguration(PortalOptions.Section)
            .ValidateDataAnnotations()
            .Validate(
                options => !(options.DemoSignIn && builder.Environment.IsProduction()),
                "Portal:DemoSignIn lets anybody sign in as anybody and is refused in Production.")
            .ValidateOnStart();
        builder.AddServiceDefaults("jobserver-portal");
        services.AddJobServerData(builder.Configuration, new SqliteProvider(), new SqlServerProvider());
        services.AddHostedService<Startup>();
        services.AddHostedService<SetUpOffer>();
        builder.AddKeys();
        services.AddSignIn(builder.Configuration);
        services.AddUsers();
        services.AddAccess();
        services.AddCoordination();
        services.AddAntiforgery(AntiforgeryCookies.Configure);
        // Pages check the hidden token of every unsafe method by themselves; minimal endpoints do so with [FromForm].
        services.AddRazorPages()
            .AddMvcOptions(mvc =>
            {
                mvc.Filters.Add<AntiforgeryProblemFilter>();
                mvc.Filters.Add<UnknownHandlerFilter>();
            })
            .AddCookieTempDataProvider(AntiforgeryCookies.Configure);
        // A bad form gets the friendly page in every environment.
        services.Configure<RouteHandlerOptions>(handlers => handlers.ThrowOnBadRequest = false);
        services.AddProblemDetails();
        services.AddSecurityHeaders();
        services.AddPageCompression();
        services.AddLive();
        services.AddCodeHosts();
        services.AddProjects();
        services.AddWorkspaces();
        services.AddJobs();
        services.AddReleases();
        services.AddSite();
        services.AddLimits();
        services.AddMailFolder();
        services.AddForms();
        services.AddApplications();
        services.AddAudit();
    }

    /// <summary>Adds the middleware in order, and all endpoints.</summary>
    public static void Map(WebApplication app)
    {
        app.UseMiddleware<SecurityHeadersMiddleware>();
        app.UseResponseCompression();
        app.UseErrorPages();
        app.UseMiddleware<CarefulFormMiddleware>();
        app.UseRouting();
        app.UseAuthentication();
        SignInFault.UseAfterAuthentication(app);
        app.UseMiddleware<LimitMiddleware>();
        app.UseMiddleware<SiteResourcesMiddleware>();
        app.UseMiddleware<KeptFormMiddleware>();
        app.UseAuthorization();
        app.UseAntiforgery();
        var assets = Manifest("staticwebassets.endpoints.json");

        // The same for everybody: answered before anybody asks the database who it is.
        app.MapStaticAssets(assets).AllowAnonymous().ShortCircuit();
        app.MapRazorPages().WithStaticAssets(assets);
        app.MapHealthChecks("/health/live").AllowAnonymous();
        app.MapThemeSwitch();
        app.MapSignOut();
        app.MapGitHubSignIn();
        app.MapPicture();
        app.MapBackends();
        app.MapRuns();
        app.MapLogs();
        app.MapReleases();
        app.MapReviews();
        app.MapPublications();
    }

    /// <summary>The manifest of the running program, or the portal's own where a test runner is the program.</summary>
    private static string Manifest(string kind)
    {
        var entry = Assembly.GetEntryAssembly()?.GetName().Name;
        var own = Path.Combine(AppContext.BaseDirectory, $"{entry}.{kind}");
        return File.Exists(own) ? own : Path.Combine(AppContext.BaseDirectory, $"{Name}.{kind}");
    }
}
