using System.Diagnostics.Metrics;
using JobServer.Coordinator.Agents;
using JobServer.Coordinator.Reports;
using JobServer.Domain.Agents;
using AgentSession = JobServer.Coordinator.Agents.AgentSession;

namespace JobServer.Coordinator.Telemetry;

/// <summary>What stands in this Coordinator's memory at the moment somebody asks.</summary>
internal sealed class CoordinatorGauges : IDisposable
{
    private static readonly string[] States = ["active", "paused", "draining", "drained", "safe_mode"];

    private readonly Meter _meter = new(CoordinatorMetrics.Meter.Name);
    private int _starved;
    private double _clockDisagreement;

    public CoordinatorGauges(AgentDirectory directory, ReportQueue reports)
    {
        _meter.CreateObservableGauge("jobserver.sessions", () => Sessions(directory), "{session}", "Agents connected to this Coordinator, by state.");
        _meter.CreateObservableGauge("jobserver.status.queue.depth", () => reports.Depth, "{report}", "Reports that wait to be applied.");
        _meter.CreateObservableGauge("jobserver.lane.depth", () => Depths(directory), "{frame}", "Frames that wait to be written, by lane.");
        _meter.CreateObservableGauge("jobserver.jobs.starved", () => _starved, "{kind}", "Kinds of work that wait although an agent has room.");
        _meter.CreateObservableGauge("jobserver.clock.disagreement", () => _clockDisagreement, "s", "How far this clock is from the database's.");
    }

    public void Watched(int starved, TimeSpan clockDisagreement)
    {
        _starved = starved;
        _clockDisagreement = clockDisagreement.TotalSeconds;
    }

    public void Dispose() => _meter.Dispose();

    /// <summary>Each state each time, so that none stands still at its last number.</summary>
    private static IEnumerable<Measurement<int>> Sessions(AgentDirectory directory)
    {
        var counts = directory.Live.CountBy(StateOf).ToDictionary(StringComparer.Ordinal);
        return States.Select(state => new Measurement<int>(counts.GetValueOrDefault(state), new KeyValuePair<string, object?>("state", state)));
    }

    private static string StateOf(AgentSession session) => session switch
    {
        { MayAssign: false } => "safe_mode",
        { PushedMode: AgentMode.Paused } => "paused",
        { PushedMode: AgentMode.Draining } => "draining",
        { PushedMode: AgentMode.Drained } => "drained",
        _ => "active",
    };

    private static Measurement<int>[] Depths(AgentDirectory directory)
    {
        var depths = directory.Live.Select(session => session.Lanes.Depth).ToList();
        return
        [
            new(depths.Sum(depth => depth.Control), new KeyValuePair<string, object?>("lane", "control")),
            new(depths.Sum(depth => depth.Status), new KeyValuePair<string, object?>("lane", "status")),
            new(depths.Sum(depth => depth.Bulk), new KeyValuePair<string, object?>("lane", "bulk")),
        ];
    }
}
