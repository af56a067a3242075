using JobServer.Data.Jobs;
using Microsoft.Extensions.Options;

namespace JobServer.Coordinator.Retention;

/// <summary>Deletes what attempts and jobs that are over left behind. Every Coordinator does; what one has deleted the next does not find.</summary>
internal sealed class RetentionSweep(AbandonedUploads uploads, OldLogs logs, IOptions<CoordinatorOptions> options, ILogger<RetentionSweep> logger)
{
    private const int Most = 500;

    public async Task RunOnceAsync(CancellationToken cancellationToken)
    {
        if (await uploads.RemoveAsync(options.Value.UploadGrace, Most, cancellationToken) is > 0 and var removed)
        {
            RetentionLog.UploadsRemoved(logger, removed);
        }

        if (options.Value.LogRetention > TimeSpan.Zero
            && await logs.DeleteAsync(options.Value.LogRetention, Most, cancellationToken) is > 0 and var deleted)
        {
            RetentionLog.LogsDeleted(logger, deleted, options.Value.LogRetention.TotalDays);
        }
    }
}
