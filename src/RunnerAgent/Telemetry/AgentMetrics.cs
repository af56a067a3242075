using System.Diagnostics.Metrics;

namespace JobServer.RunnerAgent.Telemetry;

/// <summary>What an operator watches of an agent. Times are in seconds.</summary>
internal sealed class AgentMetrics
{
    public const string MeterName = "JobServer.RunnerAgent";

    private readonly Histogram<double> _roundTrip;
    private readonly Histogram<double> _lateness;
    private readonly Counter<long> _connections;

    public AgentMetrics(IMeterFactory meters)
    {
        var meter = meters.Create(MeterName);
        _roundTrip = meter.CreateHistogram<double>("jobserver.heartbeat.round_trip", "s", "From a heartbeat to its acknowledgement.");
        _lateness = meter.CreateHistogram<double>("jobserver.heartbeat.lateness", "s", "How much later than due a heartbeat left: an early sign of a starved machine.");
        _connections = meter.CreateCounter<long>("jobserver.connections.ended", "{connection}", "Sessions that ended, by kind of end.");
    }

    public void Acknowledged(TimeSpan roundTrip) => _roundTrip.Record(roundTrip.TotalSeconds);

    public void Beaten(TimeSpan late) => _lateness.Record(Math.Max(0, late.TotalSeconds));

    public void SessionEnded(string kind) => _connections.Add(1, new KeyValuePair<string, object?>("kind", kind));
}
