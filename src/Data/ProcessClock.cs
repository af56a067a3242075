namespace JobServer.Data;

/// <summary>For a database that one process serves.</summary>
public sealed class ProcessClock(TimeProvider timeProvider) : IDatabaseClock
{
    public ValueTask<DateTimeOffset> NowAsync(CancellationToken cancellationToken) => ValueTask.FromResult(timeProvider.GetUtcNow());
}
