using JobServer.Simulation.Tests.Cluster.Engine;

namespace JobServer.Simulation.Tests.Cluster.Network;

/// <summary>One direction of a connection: in order, late, and stopped when the network says so.</summary>
internal sealed class Pipe<T>(SimProcess sender, SimProcess receiver, Func<TimeSpan> delay) : IPipe
    where T : class
{
    /// <summary>What fits into buffers on the way; more makes the sender wait.</summary>
    private const int Window = 32;

    private readonly Queue<(T? Frame, Ending Ending, long Due)> _onTheWay = new();
    private readonly Queue<(T? Frame, Ending Ending)> _landed = new();
    private readonly Queue<T> _arrived = new();
    private readonly Simulator _simulator = sender.Simulator;
    private TaskCompletionSource<T?>? _reader;
    private TaskCompletionSource? _writer;
    private long _stalledUntil;
    private bool _isPumping;
    private Ending _ending;

    /// <summary>What the sender of this pipe was told about its end.</summary>
    private bool _isClosedForSender;

    public int Waiting => _onTheWay.Count + _arrived.Count;

    /// <summary>Called at the receiver when the connection is reset.</summary>
    public Action? Reset { get; set; }

    public async Task SendAsync(T frame, CancellationToken cancellationToken)
    {
        sender.Guard();
        cancellationToken.ThrowIfCancellationRequested();
        while (!_isClosedForSender && _onTheWay.Count >= Window)
        {
            _writer ??= new TaskCompletionSource();
            var room = _writer;
            using var cancelled = cancellationToken.Register(() => room.TrySetCanceled(cancellationToken));
            await room.Task;
        }

        if (_isClosedForSender)
        {
            throw new IOException("The connection is gone.");
        }

        Push(frame, Ending.None);
    }

    public async Task<T?> ReadAsync(CancellationToken cancellationToken)
    {
        receiver.Guard();
        cancellationToken.ThrowIfCancellationRequested();
        if (_arrived.TryDequeue(out var frame))
        {
            return frame;
        }

        if (_ending == Ending.None)
        {
            var reader = _reader = new TaskCompletionSource<T?>();
            using var cancelled = cancellationToken.Register(() => reader.TrySetCanceled(cancellationToken));
            try
            {
                return await reader.Task;
            }
            finally
            {
                _reader = null;
            }
        }

        return _ending == Ending.Closed ? null : throw new IOException("The connection was reset.");
    }

    /// <summary>A clean end behind all that was sent.</summary>
    public void Close() => End(Ending.Closed);

    /// <summary>An abrupt end: what is on the way is lost.</summary>
    public void Break()
    {
        _onTheWay.Clear();
        End(Ending.Reset);
    }

    /// <summary>The sender learns that nobody listens.</summary>
    public void Refuse()
    {
        _isClosedForSender = true;
        Wake();
    }

    public void Stall(long until) => _stalledUntil = Math.Max(_stalledUntil, until);

    private void End(Ending ending)
    {
        _isClosedForSender = true;
        Push(null, ending);
        Wake();
    }

    private void Push(T? frame, Ending ending)
    {
        _onTheWay.Enqueue((frame, ending, _simulator.Now + delay().Ticks));
        Pump();
    }

    private void Pump()
    {
        if (_isPumping || !_onTheWay.TryPeek(out var next) || _stalledUntil == long.MaxValue)
        {
            return;
        }

        _isPumping = true;
        _simulator.At(Math.Max(next.Due, _stalledUntil), Arrive);
    }

    private void Arrive()
    {
        _isPumping = false;
        if (_stalledUntil <= _simulator.Now && _onTheWay.TryPeek(out var next) && next.Due <= _simulator.Now)
        {
            _onTheWay.Dequeue();
            Wake();

            // The scheduler takes steps in any order; the queue keeps frames in theirs.
            _landed.Enqueue((next.Frame, next.Ending));
            _simulator.Post(receiver, _ => Deliver(), null);
        }

        Pump();
    }

    private void Deliver()
    {
        var (frame, ending) = _landed.Dequeue();
        if (_ending != Ending.None)
        {
            return;
        }

        if (frame is not null)
        {
            _arrived.Enqueue(frame);
        }
        else
        {
            _ending = ending;
        }

        if (_ending == Ending.Reset)
        {
            _reader?.TrySetException(new IOException("The connection was reset."));
            Reset?.Invoke();
        }
        else if (_reader is { Task.IsCompleted: false } reader)
        {
            if (_arrived.TryDequeue(out var first))
            {
                reader.TrySetResult(first);
            }
            else
            {
                reader.TrySetResult(null);
            }
        }
    }

    private void Wake()
    {
        if (_writer is { } writer)
        {
            _writer = null;
            _simulator.Post(sender, _ => writer.TrySetResult(), null);
        }
    }
}
