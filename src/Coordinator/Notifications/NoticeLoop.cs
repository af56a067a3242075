using JobServer.Data.Notifications;
using Microsoft.Extensions.Options;

namespace JobServer.Coordinator.Notifications;

/// <summary>Notices what nobody does: a backend that falls silent, a token that comes to its end.</summary>
internal sealed class NoticeLoop(
    BackendNotices backends, TokenNotices tokens, NoticeSignal signal, IOptions<MailOptions> options, TimeProvider timeProvider, ILogger<NoticeLoop> logger)
    : BackgroundService
{
    private static readonly TimeSpan Interval = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan TokenInterval = TimeSpan.FromHours(1);

    private DateTimeOffset _tokensNext;

    protected override Task ExecuteAsync(CancellationToken stoppingToken) =>
        Loops.RunAsync("notices", signal, Interval, RunOnceAsync, timeProvider, logger, stoppingToken);

    internal async Task RunOnceAsync(CancellationToken cancellationToken)
    {
        await backends.RunOnceAsync(options.Value.BackendSilence, cancellationToken);
        if (timeProvider.GetUtcNow() >= _tokensNext)
        {
            await tokens.RunOnceAsync(cancellationToken);
            _tokensNext = timeProvider.GetUtcNow() + TokenInterval;
        }
    }
}
