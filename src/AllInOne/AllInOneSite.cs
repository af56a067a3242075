using JobServer.AllInOne.Demo;
using JobServer.Coordinator;
using JobServer.Data.Writing;
using JobServer.Portal;
using JobServer.RunnerAgent;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;

namespace JobServer.AllInOne;

/// <summary>Coordinator, Portal and one agent for each demo backend in this process; stopped in the reverse order.</summary>
public sealed class AllInOneSite : IAsyncDisposable
{
    private readonly List<IHost> _hosts = [];

    private AllInOneSite(AllInOneOptions options) => Options = options;

    public AllInOneOptions Options { get; }

    /// <summary>Where the pages are, such as <c>http://127.0.0.1:5080</c>.</summary>
    public string PortalAddress { get; private set; } = "";

    public string CoordinatorAddress { get; private set; } = "";

    /// <summary>The Portal's services.</summary>
    public IServiceProvider Services { get; private set; } = null!;

    /// <exception cref="InvalidOperationException">A setting is wrong or the data directory is in use; the message says what to do.</exception>
    /// <exception cref="IOException">The port is taken, or the data directory cannot be written.</exception>
    public static async Task<AllInOneSite> StartAsync(AllInOneOptions options, CancellationToken cancellationToken)
    {
        OwnersDirectory.Make(options.DataDirectory);
        var site = new AllInOneSite(options.Port > 0 ? options : options with { Port = FreePort.Find() });
        try
        {
            await site.StartHostsAsync(cancellationToken);
            return site;
        }
        catch
        {
            await site.DisposeAsync();
            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var host in Enumerable.Reverse(_hosts))
        {
            await host.StopAsync();
            await Dispose(host);
        }

        _hosts.Clear();
    }

    private static async ValueTask Dispose(IHost host)
    {
        if (host is IAsyncDisposable asynchronous)
        {
            await asynchronous.DisposeAsync();
        }
        else
        {
            host.Dispose();
        }
    }

    private static string AddressOf(IHost host) =>
        host.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First();

    private async Task StartHostsAsync(CancellationToken cancellationToken)
    {
        var secrets = DemoSecrets.LoadOrMake(Options.DataDirectory);
        var settings = new SiteSettings(Options, secrets);

        var coordinator = CoordinatorHost.Create([], composed =>
        {
            composed.Configuration.AddInMemoryCollection(settings.OfCoordinator());
            composed.Services.AddSingleton<IHostLifetime, ComposedLifetime>();
        });
        await StartAsync(coordinator, cancellationToken);
        CoordinatorAddress = AddressOf(coordinator);

        await DemoRepository.MakeAsync(settings.RepositoriesDirectory, cancellationToken);
        await coordinator.Services.GetRequiredService<DatabaseWriter>().RunAsync(
            (db, token) => new DemoSeed(db, secrets, TimeProvider.System.GetUtcNow()).RunAsync(token), cancellationToken);

        var builder = PortalHost.CreateBuilder([], SiteSettings.Environment);
        builder.Configuration.AddInMemoryCollection(settings.OfPortal(CoordinatorAddress));
        builder.Configuration.AddInMemoryCollection(Options.PortalSettings);
        builder.Services.AddSingleton<IHostLifetime, ComposedLifetime>();
        PortalHost.Add(builder);
        var portal = builder.Build();
        PortalHost.Map(portal);
        await StartAsync(portal, cancellationToken);
        PortalAddress = AddressOf(portal);
        Services = portal.Services;

        foreach (var backend in DemoSeed.Backends)
        {
            var agent = RunnerAgentHost.CreateBuilder([]);
            agent.Configuration.AddInMemoryCollection(settings.OfAgent(backend, CoordinatorAddress));
            agent.Configuration.AddInMemoryCollection(Options.AgentSettings);
            agent.Services.AddSingleton<IHostLifetime, ComposedLifetime>();
            await StartAsync(agent.Build(), cancellationToken);
        }
    }

    private async Task StartAsync(IHost host, CancellationToken cancellationToken)
    {
        _hosts.Add(host);
        await host.StartAsync(cancellationToken);
    }
}
