using JobServer.Data.Logs;
using JobServer.Simulation.Tests.Cluster.Engine;

namespace JobServer.Simulation.Tests.Cluster.Nodes;

/// <summary>The log files that all Coordinators share: what was not flushed may go with the machine that wrote it.</summary>
internal sealed class SimLogStore(Simulator simulator)
{
    private const int NoSpace = 28;

    private readonly Dictionary<(string JobId, long Fence), LogFile> _files = [];

    public bool IsFull { get; set; }

    /// <summary>What would be left of a log for certain, whoever dies now.</summary>
    public ReadOnlySpan<byte> Durable(string jobId, long fence) =>
        _files.TryGetValue((jobId, fence), out var file) ? file.Content.AsSpan(0, file.Durable) : [];

    /// <summary>The machine of a Coordinator went down.</summary>
    public void PowerCut(SimProcess process)
    {
        foreach (var file in _files.Values.Where(file => file.Writer == process))
        {
            file.Content = file.Content[..(file.Durable + simulator.Random.Next(file.Content.Length - file.Durable + 1))];
        }
    }

    public ILogStore Open(SimProcess process) => new View(this, process);

    private sealed class LogFile
    {
        public byte[] Content { get; set; } = [];

        public int Durable { get; set; }

        /// <summary>Its last one; it holds the file while it lives and has not closed it.</summary>
        public SimProcess? Writer { get; set; }

        public bool IsHeld { get; set; }
    }

    private sealed class View(SimLogStore store, SimProcess process) : ILogStore
    {
        public ILogAppender? TryOpenAppend(string jobId, long fence)
        {
            process.Guard();
            if (!store._files.TryGetValue((jobId, fence), out var file))
            {
                file = store._files[(jobId, fence)] = new LogFile();
            }

            if (file is { IsHeld: true, Writer.IsAlive: true })
            {
                return null;
            }

            (file.Writer, file.IsHeld) = (process, true);
            return new Appender(store, file, process);
        }

        public Stream? OpenRead(string jobId, long fence) =>
            store._files.TryGetValue((jobId, fence), out var file) ? new MemoryStream(file.Content, writable: false) : null;

        public void Delete(string jobId, long fence) => store._files.Remove((jobId, fence));
    }

    private sealed class Appender(SimLogStore store, LogFile file, SimProcess process) : ILogAppender
    {
        public async Task AppendAsync(long size, IReadOnlyList<ReadOnlyMemory<byte>> pieces, CancellationToken cancellationToken)
        {
            process.Guard();
            if (file.Content.Length < size)
            {
                throw new InvalidDataException($"The stored log has {file.Content.Length} bytes, but {size} were committed.");
            }

            Set(file.Content.AsSpan(0, (int)size), []);
            foreach (var piece in pieces)
            {
                await WaitAsync(cancellationToken);
                if (store.IsFull)
                {
                    Set(file.Content, piece.Span[..(piece.Length / 2)]);
                    throw new IOException("No space left on device", NoSpace);
                }

                Set(file.Content, piece.Span);
            }

            await WaitAsync(cancellationToken);
            file.Durable = file.Content.Length;
        }

        public ValueTask DisposeAsync()
        {
            if (file.Writer == process)
            {
                file.IsHeld = false;
            }

            return ValueTask.CompletedTask;
        }

        private void Set(ReadOnlySpan<byte> before, ReadOnlySpan<byte> more)
        {
            file.Content = [.. before, .. more];
            file.Durable = Math.Min(file.Durable, before.Length);
        }

        private async Task WaitAsync(CancellationToken cancellationToken)
        {
            await process.DelayAsync(process.Simulator.Span(0.0001, 0.002), cancellationToken);
            process.Guard();
        }
    }
}
