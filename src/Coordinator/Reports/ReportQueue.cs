using System.Threading.Channels;

namespace JobServer.Coordinator.Reports;

/// <summary>Reports waiting to be applied. When it is full, readers stop reading and flow control reaches the agents.</summary>
internal sealed class ReportQueue
{
    private const int Bound = 4096;

    private readonly Channel<PendingReport> _reports = Channel.CreateBounded<PendingReport>(
        new BoundedChannelOptions(Bound) { SingleReader = true, FullMode = BoundedChannelFullMode.Wait });

    public int Depth => _reports.Reader.Count;

    public ValueTask EnqueueAsync(PendingReport report, CancellationToken cancellationToken) => _reports.Writer.WriteAsync(report, cancellationToken);

    /// <summary>Waits for the first report and takes what else is there; never waits to fill a batch.</summary>
    public async Task<IReadOnlyList<PendingReport>> TakeAsync(int most, CancellationToken cancellationToken)
    {
        await _reports.Reader.WaitToReadAsync(cancellationToken);
        var batch = new List<PendingReport>();
        while (batch.Count < most && _reports.Reader.TryRead(out var report))
        {
            batch.Add(report);
        }

        return batch;
    }
}
