namespace JobServer.AllInOne;

/// <summary>The hosts of one process do not listen to signals each: the program stops them in order.</summary>
internal sealed class ComposedLifetime : IHostLifetime
{
    public Task WaitForStartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
