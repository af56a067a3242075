using JobServer.Contracts.V1;
using JobServer.Simulation.Tests.Cluster.Nodes;

namespace JobServer.Simulation.Tests.Cluster.Checks;

/// <summary>
/// A stored log is the beginning of what its attempt printed, but for the ranges that its gaps name; what was acknowledged
/// is stored; where logs stay at the site no byte of one is on a line.
/// </summary>
internal sealed class I12LogPrefix(SimLogStore store, bool staysAtSite, Func<(string JobId, long Fence), long?> printed)
    : Invariant("I12 log prefix")
{
    /// <summary>A frame of a log is on the line.</summary>
    public void Said(LogFrame frame)
    {
        if (staysAtSite && frame.Chunk is { } chunk)
        {
            Violated($"{chunk.Data.Length} bytes of the log of job {chunk.Attempt.JobId}, fence {chunk.Attempt.Fence}, left a site that keeps its logs.");
        }
    }

    public void Answered(LogReply reply, Rows now)
    {
        var row = now.Logs.GetValueOrDefault((reply.Attempt.JobId, reply.Attempt.Fence));
        if (reply.CommittedOffset > (row?.Committed ?? 0) || (reply.Progress == LogProgress.Complete && row is not { IsComplete: true }))
        {
            Violated($"Of the log of job {reply.Attempt.JobId}, fence {reply.Attempt.Fence}, {reply.CommittedOffset} bytes ({reply.Progress}) were acknowledged; the row is {row}.");
        }
    }

    public override void Committed(Rows before, Rows now, Witness witness)
    {
        foreach (var (name, log) in now.Logs)
        {
            var old = before.Logs.GetValueOrDefault(name);
            if (log != old)
            {
                Moved(old, log, [.. now.Gaps.Where(gap => gap.JobId == log.JobId && gap.Fence == log.Fence)]);
            }
        }
    }

    public override void Ended(Rows rows, IReadOnlyList<FileView> files, Witness witness)
    {
        foreach (var log in rows.Logs.Values)
        {
            Compare(0, log, [.. rows.Gaps.Where(gap => gap.JobId == log.JobId && gap.Fence == log.Fence)]);
        }
    }

    private void Moved(LogView? old, LogView log, List<GapView> gaps)
    {
        if (staysAtSite)
        {
            Violated($"The log of job {log.JobId} is stored, and its site keeps its logs.");
        }

        if (old is not null && (log.Committed < old.Committed || log.Stored < old.Stored || old.IsComplete))
        {
            Violated($"A log went from {old} to {log}.");
        }

        if (log.Committed > printed((log.JobId, log.Fence)))
        {
            Violated($"Of the log of job {log.JobId}, fence {log.Fence}, {log.Committed} bytes are known; it printed {printed((log.JobId, log.Fence))}.");
        }

        Compare(old?.Stored ?? 0, log, gaps);
    }

    /// <summary>What is stored from a place in the file on.</summary>
    private void Compare(long from, LogView log, List<GapView> gaps)
    {
        var durable = store.Durable(log.JobId, log.Fence);
        if (durable.Length < log.Stored)
        {
            Violated($"Of the log of job {log.JobId}, fence {log.Fence}, {log.Stored} bytes are committed; a power cut would leave {durable.Length}.");
            return;
        }

        // Where the pieces between the gaps lie in the log and in the file.
        long offset = 0;
        long place = 0;
        foreach (var (begin, end) in gaps.Select(gap => (gap.From, gap.To)).Append((log.Committed, log.Committed)))
        {
            var length = begin - offset;
            var skipped = Math.Clamp(from - place, 0, length);
            if (length > skipped && (place + length > durable.Length || !durable[(int)(place + skipped)..(int)(place + length)].SequenceEqual(
                SimSpool.Content(log.JobId, log.Fence, offset + skipped, begin))))
            {
                Violated($"The stored log of job {log.JobId}, fence {log.Fence}, is not what it printed, from {offset + skipped} to {begin}.");
            }

            place += length;
            offset = end;
        }

        if (place != log.Stored)
        {
            Violated($"The log of job {log.JobId}, fence {log.Fence}, has {place} bytes outside its gaps; {log.Stored} are stored.");
        }
    }
}
