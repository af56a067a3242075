namespace JobServer.Data;

/// <summary>The clock that decides when a lease lapses, the same for every process on one database.</summary>
public interface IDatabaseClock
{
    ValueTask<DateTimeOffset> NowAsync(CancellationToken cancellationToken);
}
