using JobServer.RunnerAgent.Journal;
using JobServer.Simulation.Tests.Cluster.Engine;

namespace JobServer.Simulation.Tests.Cluster.Nodes;

/// <summary>A journal's disk: forgets what was not flushed when the power goes, may tear the last record, may be full.</summary>
internal sealed class SimDisk
{
    private byte[] _content = [];
    private int _durable;

    public bool IsFull { get; set; }

    /// <summary>What a power cut would leave for certain.</summary>
    public ReadOnlySpan<byte> Durable => _content.AsSpan(0, _durable);

    public void PowerCut(Random random)
    {
        // Of what was not flushed, any first part may have reached the disk.
        _content = _content[..(_durable + random.Next(_content.Length - _durable + 1))];
        _durable = _content.Length;
    }

    public void Wipe()
    {
        _content = [];
        _durable = 0;
    }

    /// <summary>The disk as one start of the agent sees it.</summary>
    /// <param name="process">Without it nothing reaches the disk.</param>
    /// <param name="crash">Asked before each write and after each flush: may end the process there.</param>
    public IJournalStorage Open(SimProcess process, Action crash) => new Storage(this, process, crash);

    private sealed class Storage(SimDisk disk, SimProcess process, Action crash) : IJournalStorage
    {
        private const int NoSpace = 28;

        public byte[]? Read()
        {
            process.Guard();
            return disk._content.Length == 0 ? null : disk._content;
        }

        public void Replace(ReadOnlySpan<byte> content)
        {
            Touch();
            disk._content = content.ToArray();
            disk._durable = content.Length;
        }

        public void Append(ReadOnlySpan<byte> record)
        {
            Touch();
            if (disk.IsFull)
            {
                disk._content = [.. disk._content, .. record[..(record.Length / 2)]];
                throw new IOException("No space left on device", NoSpace);
            }

            disk._content = [.. disk._content, .. record];
        }

        public void Flush()
        {
            Touch();
            disk._durable = disk._content.Length;
            crash();
            process.Guard();
        }

        public void Truncate(long length)
        {
            Touch();
            disk._content = disk._content[..(int)length];
            disk._durable = disk._content.Length;
        }

        private void Touch()
        {
            process.Guard();
            crash();
            process.Guard();
        }
    }
}
