using System.Diagnostics.Metrics;

namespace JobServer.RunnerAgent.Telemetry;

/// <summary>What an operator watches of an agent. Times are in seconds.</summary>
internal static class AgentMetrics
{
    private static readonly Meter Meter = new("JobServer.RunnerAgent");

    private static readonly Histogram<double> RoundTrip =
        Meter.CreateHistogram<double>("jobserver.heartbeat.round_trip", "s", "From a heartbeat to its acknowledgement.");

    private static readonly Histogram<double> Lateness =
        Meter.CreateHistogram<double>("jobserver.heartbeat.lateness", "s", "How much later than due a heartbeat left: an early sign of a starved machine.");

    private static readonly Counter<long> Connections =
        Meter.CreateCounter<long>("jobserver.connections.ended", "{connection}", "Sessions that ended, by kind of end.");

    public static void Acknowledged(TimeSpan roundTrip) => RoundTrip.Record(roundTrip.TotalSeconds);

    public static void Beaten(TimeSpan late) => Lateness.Record(Math.Max(0, late.TotalSeconds));

    public static void SessionEnded(string kind) => Connections.Add(1, new KeyValuePair<string, object?>("kind", kind));
}
