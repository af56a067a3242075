using System.Diagnostics.Metrics;
using JobServer.Contracts.V1;

namespace JobServer.Coordinator.Telemetry;

/// <summary>What an operator watches of a Coordinator; docs/metrics.md says what each tells. Times are in seconds.</summary>
internal static class CoordinatorMetrics
{
    public static readonly Meter Meter = new("JobServer.Coordinator");

    private static readonly Histogram<double> Dispatch =
        Meter.CreateHistogram<double>("jobserver.dispatch.latency", "s", "From the commit of a claim to its assignment written to the stream.");

    private static readonly Histogram<double> AssignmentAnswer =
        Meter.CreateHistogram<double>("jobserver.assignment.answer.latency", "s", "From sending an assignment to its answer.");

    private static readonly Histogram<double> StatusApply =
        Meter.CreateHistogram<double>("jobserver.status.apply.latency", "s", "From reading a report to its acknowledgement.");

    private static readonly Histogram<int> ApplyBatch =
        Meter.CreateHistogram<int>("jobserver.status.batch.size", "{report}", "Reports committed together.");

    private static readonly Histogram<double> WriteWait =
        Meter.CreateHistogram<double>("jobserver.stream.write.wait", "s", "What one write to an agent's stream took.");

    private static readonly Histogram<double> Cancel =
        Meter.CreateHistogram<double>("jobserver.cancel.latency", "s", "From a request to cancel to the agent's confirmation.");

    private static readonly Counter<long> SessionEnds =
        Meter.CreateCounter<long>("jobserver.sessions.ended", "{session}", "Sessions that ended, by reason.");

    private static readonly Counter<long> Reconnects =
        Meter.CreateCounter<long>("jobserver.reconnects", "{session}", "Agents that connected again, by the reason why their last session ended.");

    private static readonly Counter<long> LeasesExpired =
        Meter.CreateCounter<long>("jobserver.leases.expired", "{lease}", "Leases that lapsed.");

    private static readonly Counter<long> Verdicts =
        Meter.CreateCounter<long>("jobserver.reconcile.verdicts", "{verdict}", "Verdicts on what agents held when they connected, by kind.");

    private static readonly Counter<long> FencedWrites =
        Meter.CreateCounter<long>("jobserver.writes.fenced", "{write}", "Effects of old attempts that were refused, by kind.");

    private static readonly Counter<long> UnknownFrames =
        Meter.CreateCounter<long>("jobserver.frames.unknown", "{frame}", "Frames of a kind that this version does not know.");

    private static readonly Counter<long> ResumeSaved =
        Meter.CreateCounter<long>("jobserver.uploads.resume.saved", "By", "Bytes that a resumed upload did not send again.");

    private static readonly Counter<long> LogBytes =
        Meter.CreateCounter<long>("jobserver.logs.received", "By", "Bytes of job logs stored.");

    private static readonly Counter<long> LogGapBytes =
        Meter.CreateCounter<long>("jobserver.logs.gaps", "By", "Bytes of job logs that will never come.");

    public static void Dispatched(TimeSpan latency) => Dispatch.Record(latency.TotalSeconds);

    public static void AssignmentAnswered(TimeSpan latency) => AssignmentAnswer.Record(latency.TotalSeconds);

    public static void ReportApplied(TimeSpan latency) => StatusApply.Record(latency.TotalSeconds);

    public static void BatchApplied(int size) => ApplyBatch.Record(size);

    public static void Written(TimeSpan wait) => WriteWait.Record(wait.TotalSeconds);

    public static void CancelConfirmed(TimeSpan latency) => Cancel.Record(latency.TotalSeconds);

    public static void SessionEnded(string reason) => SessionEnds.Add(1, new KeyValuePair<string, object?>("reason", reason));

    public static void Reconnected(string reason) => Reconnects.Add(1, new KeyValuePair<string, object?>("reason", reason));

    public static void LeaseExpired() => LeasesExpired.Add(1);

    public static void Judged(VerdictKind verdict) => Verdicts.Add(1, new KeyValuePair<string, object?>("verdict", verdict.ToString()));

    /// <param name="kind">Of the effect: status or acceptance.</param>
    public static void Fenced(string kind) => FencedWrites.Add(1, new KeyValuePair<string, object?>("kind", kind));

    public static void UnknownFrame() => UnknownFrames.Add(1);

    public static void UploadResumed(long savedBytes) => ResumeSaved.Add(savedBytes);

    public static void LogStored(long bytes) => LogBytes.Add(bytes);

    public static void LogGap(long bytes) => LogGapBytes.Add(bytes);
}
