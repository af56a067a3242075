using System.Diagnostics.Metrics;

namespace JobServer.Data.Writing;

/// <summary>How long units of work wait for their turn, and how long they take.</summary>
internal static class WriteMetrics
{
    private static readonly Meter Meter = new("JobServer.Data");
    private static readonly Histogram<double> Wait =
        Meter.CreateHistogram<double>("jobserver.db.write.wait", "s", "What a unit of work waited for its turn to write.");

    private static readonly Histogram<double> Duration =
        Meter.CreateHistogram<double>("jobserver.db.write.duration", "s", "What a unit of work took, its commit included.");

    private static readonly Histogram<double> Commit = Meter.CreateHistogram<double>("jobserver.db.commit.latency", "s", "What a commit took.");

    public static void Waited(TimeSpan time) => Wait.Record(time.TotalSeconds);

    public static void Took(TimeSpan time) => Duration.Record(time.TotalSeconds);

    public static void Committed(TimeSpan time) => Commit.Record(time.TotalSeconds);
}
