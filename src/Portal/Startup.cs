using JobServer.Data;

namespace JobServer.Portal;

/// <summary>A migrated database before the first page.</summary>
internal sealed class Startup(DatabaseMigrator migrator) : IHostedService
{
    public Task StartAsync(CancellationToken cancellationToken) => migrator.MigrateAsync(cancellationToken);

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
