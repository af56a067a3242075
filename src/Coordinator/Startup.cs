using JobServer.Coordinator.Leases;
using JobServer.Data;
using Microsoft.Extensions.Options;

namespace JobServer.Coordinator;

/// <summary>What must be true before anything is served: one Coordinator where only one may be, and a migrated database.</summary>
internal sealed class Startup(
    IDatabaseProvider provider, IOptions<DatabaseOptions> options, DatabaseMigrator migrator, ClusterRecord cluster) : IHostedService, IDisposable
{
    private IDisposable? _claim;

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        provider.Prepare(options.Value.ConnectionString);
        _claim = provider.ClaimCoordinator(options.Value.ConnectionString);
        await migrator.MigrateAsync(cancellationToken);
        await cluster.StartAsync(cancellationToken);
    }

    public Task StopAsync(CancellationToken cancellationToken)
    {
        Dispose();
        return Task.CompletedTask;
    }

    /// <summary>Also when a later step of the start failed and nothing is stopped.</summary>
    public void Dispose() => _claim?.Dispose();
}
