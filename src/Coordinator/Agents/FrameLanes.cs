using System.Runtime.CompilerServices;
using System.Threading.Channels;
using JobServer.Contracts.V1;
using JobServer.Coordinator.Telemetry;

namespace JobServer.Coordinator.Agents;

/// <summary>
/// What waits to be written to one agent, in three bounded lanes: control goes before acknowledgements, those before
/// assignments. One task writes.
/// </summary>
internal sealed class FrameLanes
{
    private const int ControlBound = 64;
    private const int StatusBound = 256;

    /// <summary>Credits bound assignments, never this: two kinds of slots, each assignment sent at most twice.</summary>
    private const int BulkBound = 4 * HelloReading.MaxSlots;

    private readonly Channel<CoordinatorFrame> _control = Channel.CreateBounded<CoordinatorFrame>(ControlBound);
    private readonly Channel<CoordinatorFrame> _status = Channel.CreateBounded<CoordinatorFrame>(StatusBound);
    private readonly Channel<CoordinatorFrame> _bulk = Channel.CreateBounded<CoordinatorFrame>(BulkBound);
    private readonly ConditionalWeakTable<CoordinatorFrame, object> _committedAt = [];
    private readonly Channel<bool> _waiting = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });

    /// <summary>Frames that wait, by lane.</summary>
    public (int Control, int Status, int Bulk) Depth => (_control.Reader.Count, _status.Reader.Count, _bulk.Reader.Count);

    /// <summary>False when the lane is full: the peer does not read, and the session should end.</summary>
    public bool TryControl(CoordinatorFrame frame) => Try(_control, frame);

    public bool TryStatus(CoordinatorFrame frame) => Try(_status, frame);

    public bool TryBulk(CoordinatorFrame frame) => Try(_bulk, frame);

    /// <summary>As <see cref="TryBulk"/> for a claim that was committed just now, so that its way to the stream is measured.</summary>
    public bool TryAssign(CoordinatorFrame frame)
    {
        _committedAt.AddOrUpdate(frame, TimeProvider.System.GetTimestamp());
        return Try(_bulk, frame);
    }

    /// <summary>Writes frames until told to stop.</summary>
    /// <param name="stop">Ends the loop after the frame at hand: gRPC aborts the whole call when a write is cancelled, and the last word with it.</param>
    /// <param name="abandon">Ends a write that does not end.</param>
    public async Task WriteAsync(Func<CoordinatorFrame, CancellationToken, Task> write, CancellationToken stop, CancellationToken abandon)
    {
        while (true)
        {
            await _waiting.Reader.ReadAsync(stop);
            while (!stop.IsCancellationRequested
                && (_control.Reader.TryRead(out var frame) || _status.Reader.TryRead(out frame) || _bulk.Reader.TryRead(out frame)))
            {
                var started = TimeProvider.System.GetTimestamp();
                await write(frame, abandon);
                CoordinatorMetrics.Written(TimeProvider.System.GetElapsedTime(started));
                if (_committedAt.TryGetValue(frame, out var committed) && _committedAt.Remove(frame))
                {
                    CoordinatorMetrics.Dispatched(TimeProvider.System.GetElapsedTime((long)committed));
                }
            }
        }
    }

    /// <summary>Writes what waits now, without waiting for more.</summary>
    public async Task FlushAsync(Func<CoordinatorFrame, CancellationToken, Task> write, CancellationToken cancellationToken)
    {
        while (_control.Reader.TryRead(out var frame) || _status.Reader.TryRead(out frame))
        {
            await write(frame, cancellationToken);
        }
    }

    private bool Try(Channel<CoordinatorFrame> lane, CoordinatorFrame frame)
    {
        if (!lane.Writer.TryWrite(frame))
        {
            return false;
        }

        _waiting.Writer.TryWrite(true);
        return true;
    }
}
