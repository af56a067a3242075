using JobServer.Data;
using JobServer.Data.Site;
using JobServer.Domain.Site;
using Microsoft.EntityFrameworkCore;

namespace JobServer.Portal.Site;

/// <summary>
/// What everybody is told on every page: that no new runs are taken, and site alerts. Read at most every two seconds however
/// many pages are drawn, so another Portal's change is seen so soon; one's own at once.
/// </summary>
internal sealed class SiteNotices(IDbContextFactory<JobServerDb> contexts, TimeProvider timeProvider, ILogger<SiteNotices> logger) : IDisposable
{
    private const int Most = 10;
    private static readonly TimeSpan Fresh = TimeSpan.FromSeconds(2);

    private readonly SemaphoreSlim _reading = new(1);
    private Reading? _last;
    private int _changes;

    /// <summary>What stands at this moment, the gravest first. Where the database cannot be asked, what was known before.</summary>
    public async Task<IReadOnlyList<SiteNotice>> ReadAsync(CancellationToken cancellationToken)
    {
        var now = timeProvider.GetUtcNow();
        var last = Volatile.Read(ref _last);
        if (last is null || now - last.At >= Fresh)
        {
            last = await ReadAgainAsync(now, cancellationToken);
        }

        var stopped = last.Stopped is null ? [] : new[] { new SiteNotice(AlertLevel.Warning, "No new runs are taken at the moment.", last.Stopped) };
        return
        [
            .. stopped,
            .. last.Alerts.Where(alert => alert.StartsAt <= now && (alert.EndsAt is null || alert.EndsAt > now))
                .OrderByDescending(alert => alert.Level).ThenByDescending(alert => alert.StartsAt)
                .Select(alert => new SiteNotice(alert.Level, alert.Title, alert.Text)),
        ];
    }

    /// <summary>Somebody changed them here: the next page shows it.</summary>
    public void Changed()
    {
        Interlocked.Increment(ref _changes);
        Volatile.Write(ref _last, null);
    }

    public void Dispose() => _reading.Dispose();

    private async Task<Reading> ReadAgainAsync(DateTimeOffset now, CancellationToken cancellationToken)
    {
        await _reading.WaitAsync(cancellationToken);
        try
        {
            if (Volatile.Read(ref _last) is { } fresh && now - fresh.At < Fresh)
            {
                return fresh;
            }

            var changes = Volatile.Read(ref _changes);
            await using var db = await contexts.CreateDbContextAsync(cancellationToken);
            var stopped = await RunSwitch.ReadAsync(db, cancellationToken);
            var soon = now + Fresh;
            var alerts = await db.SiteAlerts.AsNoTracking().Where(alert => alert.StartsAt <= soon && (alert.EndsAt == null || alert.EndsAt > now))
                .OrderByDescending(alert => alert.Id)
                .Take(Most)
                .ToListAsync(cancellationToken);
            var read = new Reading(now, stopped, alerts);

            // What was read before a change must not stand after it.
            if (changes == Volatile.Read(ref _changes))
            {
                Volatile.Write(ref _last, read);
            }

            return read;
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            // A page that says that something is wrong must not fail on what stands above it, nor wait for it behind all others.
            SiteLog.NoticesNotRead(logger, exception);
            var known = (Volatile.Read(ref _last) ?? new Reading(now, null, [])) with { At = now };
            Volatile.Write(ref _last, known);
            return known;
        }
        finally
        {
            _reading.Release();
        }
    }

    private sealed record Reading(DateTimeOffset At, string? Stopped, IReadOnlyList<SiteAlert> Alerts);
}
