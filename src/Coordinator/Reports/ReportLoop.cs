namespace JobServer.Coordinator.Reports;

/// <summary>The one apply loop: whatever is queued when the last commit ends goes into the next.</summary>
internal sealed class ReportLoop(ReportQueue queue, ReportApplier applier, ILogger<ReportLoop> logger) : BackgroundService
{
    private const int BatchSize = 128;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                var batch = await queue.TakeAsync(BatchSize, stoppingToken);

                // A batch that was taken is finished even while the host stops: its acknowledgements are worth a moment.
                await applier.ApplyAsync(batch, CancellationToken.None);
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
            catch (Exception exception)
            {
                // What it held was not acknowledged and comes again.
                ReportLog.RoundFailed(logger, exception);
            }
        }
    }
}
