using JobServer.Contracts.V1;
using JobServer.Simulation.Tests.Cluster.Engine;
using JobServer.Simulation.Tests.Cluster.Network;
using JobServer.Simulation.Tests.Cluster.Nodes;

namespace JobServer.Simulation.Tests.Cluster.Checks;

/// <summary>Sees all lines, all starts and all commits, and asks the invariants about each.</summary>
internal sealed class Observer
{
    private readonly Simulator _simulator;
    private readonly RowReader _reader;
    private readonly I05AckedSurvives _acked = new();
    private readonly I07StartOnce _once = new();
    private readonly I08StartNeedsALease _lease = new();
    private readonly I12LogPrefix _logs;
    private readonly I15NoStarvation _starvation = new();
    private readonly I18Bounded _bounded = new();
    private readonly IReadOnlyList<Invariant> _all;
    private readonly Witness _witness = new();

    public Observer(Simulator simulator, RowReader reader, SimBlobs blobs, I12LogPrefix logs)
    {
        _logs = logs;
        _simulator = simulator;
        _reader = reader;
        _all =
        [
            new I01OneLease(), new I02Fence(), new I03CurrentOnly(), new I04Terminal(), _acked, new I06OrderOnce(), _once, _lease,
            new I10CancelSticks(), new I11LostIsNotFailed(), _logs, new I13Outputs(blobs, reader.Files), new I14Slots(), _starvation,
            new I16NewestSession(), new I17Drain(), _bounded,
        ];
        foreach (var invariant in _all)
        {
            invariant.Violated = what => simulator.Violate(invariant.Id, what);
        }

        Rows = Rows.Empty;
        Committed(null);
    }

    /// <summary>After the last commit.</summary>
    public Rows Rows { get; private set; }

    public int Commits { get; private set; }

    /// <summary>Attempts that ended by a report of their agent, with the agent's id.</summary>
    public IReadOnlyDictionary<(string JobId, long Fence), string> EndedByReport => _witness.EndedByReport;

    public int Starts => _witness.Starts.Count;

    /// <summary>What happened to jobs, by kind.</summary>
    public SortedDictionary<string, int> Happened { get; } = new(StringComparer.Ordinal);

    public void Committed(SimProcess? process)
    {
        Commits++;
        var before = Rows;
        Rows = _reader.Read();
        foreach (var invariant in _all)
        {
            invariant.Committed(before, Rows, _witness);
        }

        foreach (var one in Rows.NewEvents)
        {
            Count(one.Kind);
            if (one.Kind is "leased" or "re_adopted")
            {
                _witness.Leases[(one.JobId, one.Fence)] = one.AgentId!;
            }

            if (one.IsApplied && Rows.Jobs[one.JobId].IsEnded)
            {
                _witness.EndedByReport[(one.JobId, one.Fence)] = one.AgentId!;
            }

            _simulator.Trace.Add(_simulator.Now, process?.Name ?? "", $"commits {one.Kind} of {one.JobId}-{one.Fence} #{one.Sequence}: {one.Code}");
        }
    }

    public void AgentSays(SimAgent agent, AgentFrame frame)
    {
        if (frame.Status is { } status)
        {
            _witness.Said.Add((agent.Id, frame.SessionEpoch, status.Attempt.JobId, status.Attempt.Fence, status.Sequence));
            _witness.Kinds[(agent.Id, status.Attempt.JobId, status.Attempt.Fence, status.Sequence)] = status.Kind;
            _simulator.Trace.Add(_simulator.Now, agent.Name, $"says {status.Kind} {status.Attempt.JobId}-{status.Attempt.Fence} #{status.Sequence} in {frame.SessionEpoch}");
        }
        else
        {
            _simulator.Trace.Add(_simulator.Now, agent.Name, $"says {frame.FrameCase} in {frame.SessionEpoch}");
        }
    }

    public void AgentHeard(SimAgent agent, CoordinatorFrame? frame) =>
        _simulator.Trace.Add(_simulator.Now, agent.Name, $"hears {frame?.FrameCase.ToString() ?? "the end"}");

    public void CoordinatorSays(SimProcess process, SimAgent agent, CoordinatorFrame frame)
    {
        _simulator.Trace.Add(_simulator.Now, process.Name, $"says {frame.FrameCase} to {agent.Name}");
        if (frame.FrameCase is CoordinatorFrame.FrameOneofCase.Fenced or CoordinatorFrame.FrameOneofCase.StatusNack)
        {
            Count($"answer {frame.FrameCase}");
        }

        if (frame.StatusAck is { } ack)
        {
            _acked.Acknowledged(ack, _witness);
        }

        foreach (var verdict in frame.Welcome?.Verdicts ?? [])
        {
            Count($"verdict {verdict.Kind}");
            _acked.Judged(verdict, Rows);
        }
    }

    public void LogSaid(SimAgent agent, LogFrame frame)
    {
        _simulator.Trace.Add(_simulator.Now, agent.Name, $"sends {Of(frame)}");
        _logs.Said(frame);
    }

    public void LogAnswered(SimProcess process, LogReply reply)
    {
        _simulator.Trace.Add(
            _simulator.Now, process.Name, $"answers {reply.Attempt.JobId}-{reply.Attempt.Fence}: {reply.CommittedOffset} {reply.Progress} {reply.Refusal}");
        Count(reply.Refusal == LogRefusal.Unspecified ? "log taken" : $"log refused {reply.Refusal}");
        _logs.Answered(reply, Rows);
    }

    public void Started(SimAgent agent, string jobId, long fence)
    {
        _simulator.Trace.Add(_simulator.Now, agent.Name, $"starts {jobId}-{fence}");
        _once.Started(agent.Name, jobId, fence, _witness);
        _lease.Started(agent, jobId, fence, _witness);
    }

    /// <summary>Now and then: what no commit shows.</summary>
    /// <param name="network">Its lines are looked at.</param>
    /// <param name="connected">Agents that could take work, when nothing is in the way; else null.</param>
    public void Look(SimNetwork network, IReadOnlySet<string>? connected)
    {
        _bounded.Look(network);
        if (connected is not null)
        {
            _starvation.Look(TimeSpan.FromTicks(_simulator.Now), Rows, connected);
        }
    }

    private static string Of(LogFrame frame) => frame.FrameCase switch
    {
        LogFrame.FrameOneofCase.Chunk => $"log {Of(frame.Chunk.Attempt)} from {frame.Chunk.Offset}, {frame.Chunk.Data.Length} bytes",
        LogFrame.FrameOneofCase.Gap => $"gap of log {Of(frame.Gap.Attempt)} from {frame.Gap.From} to {frame.Gap.To}",
        LogFrame.FrameOneofCase.End => $"end of log {Of(frame.End.Attempt)} at {frame.End.Length}",
        LogFrame.FrameOneofCase.Open => $"open of log {Of(frame.Open.Attempt)}",
        _ => $"{frame.FrameCase}",
    };

    private static string Of(Attempt attempt) => $"{attempt.JobId}-{attempt.Fence}";

    private void Count(string what) => Happened[what] = Happened.GetValueOrDefault(what) + 1;

    public void Ended()
    {
        Committed(null);
        var files = _reader.Files();
        foreach (var invariant in _all)
        {
            invariant.Ended(Rows, files, _witness);
        }
    }
}
