using JobServer.Data;
using JobServer.Data.Audit;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace JobServer.Portal.Audit;

/// <summary>
/// Keeps the newest number and hash of the audit log outside the database. The Portal does it, since nearly all that is audited
/// happens here; several Portals write a file each.
/// </summary>
internal sealed class AuditHeadExport(
    IDbContextFactory<JobServerDb> contexts, IOptions<AuditOptions> options, TimeProvider time, ILogger<AuditHeadExport> logger) : BackgroundService
{
    private AuditHeadRecord? _last;

    /// <summary>What was exported last by this process or one before it; null when nothing was.</summary>
    public AuditHeadRecord? Last => Volatile.Read(ref _last);

    /// <summary>Whether there is a file to export to.</summary>
    public bool IsOn => options.Value.HeadsFile.Length > 0;

    public async Task RunOnceAsync(CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        if (Last is { } last && !await db.AuditEntries.AnyAsync(entry => entry.Sequence == last.Sequence && entry.Hash == last.Hash, cancellationToken))
        {
            AuditLogMessages.NotAsExported(logger, last.Sequence);
        }

        var head = await db.AuditHeads.AsNoTracking().SingleAsync(cancellationToken);
        if (head.Sequence > (Last?.Sequence ?? 0))
        {
            var record = new AuditHeadRecord(head.Sequence, head.Hash, time.GetUtcNow());
            await AuditHeadsFile.AppendAsync(options.Value.HeadsFile, record, cancellationToken);
            Volatile.Write(ref _last, record);
        }
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (!IsOn)
        {
            return;
        }

        using var timer = new PeriodicTimer(options.Value.HeadsInterval, time);
        do
        {
            try
            {
                await ResumeAsync(stoppingToken);
                await RunOnceAsync(stoppingToken);
            }
            catch (Exception error) when (error is not OperationCanceledException)
            {
                // Pages go on; whoever runs the service has to see to the file.
                AuditLogMessages.NotExported(logger, options.Value.HeadsFile, error);
            }
        }
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }

    private async Task ResumeAsync(CancellationToken cancellationToken)
    {
        if (Last is null && File.Exists(options.Value.HeadsFile) && await AuditHeadsFile.ReadAsync(options.Value.HeadsFile, cancellationToken) is [.., var newest])
        {
            Volatile.Write(ref _last, newest);
        }
    }
}
