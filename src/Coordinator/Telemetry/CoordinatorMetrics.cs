using System.Diagnostics.Metrics;
using JobServer.Contracts.V1;

namespace JobServer.Coordinator.Telemetry;

/// <summary>What an operator watches of a Coordinator; docs/metrics.md says what each tells. Times are in seconds.</summary>
internal sealed class CoordinatorMetrics
{
    public const string MeterName = "JobServer.Coordinator";

    private readonly Histogram<double> _dispatch;
    private readonly Histogram<double> _assignmentAnswer;
    private readonly Histogram<double> _statusApply;
    private readonly Histogram<int> _applyBatch;
    private readonly Histogram<double> _writeWait;
    private readonly Histogram<double> _cancel;
    private readonly Counter<long> _sessionEnds;
    private readonly Counter<long> _leasesExpired;
    private readonly Counter<long> _verdicts;
    private readonly Counter<long> _fenced;
    private readonly Counter<long> _unknownFrames;
    private readonly Counter<long> _resumeSaved;
    private readonly Counter<long> _logBytes;
    private readonly Counter<long> _logGapBytes;

    public CoordinatorMetrics(IMeterFactory meters)
    {
        var meter = meters.Create(MeterName);
        _dispatch = meter.CreateHistogram<double>("jobserver.dispatch.latency", "s", "From a job's lease to the agent's acceptance.");
        _assignmentAnswer = meter.CreateHistogram<double>("jobserver.assignment.answer.latency", "s", "From sending an assignment to its answer.");
        _statusApply = meter.CreateHistogram<double>("jobserver.status.apply.latency", "s", "From reading a report to its acknowledgement.");
        _applyBatch = meter.CreateHistogram<int>("jobserver.status.batch.size", "{report}", "Reports committed together.");
        _writeWait = meter.CreateHistogram<double>("jobserver.stream.write.wait", "s", "What one write to an agent's stream took.");
        _cancel = meter.CreateHistogram<double>("jobserver.cancel.latency", "s", "From a request to cancel to the agent's confirmation.");
        _sessionEnds = meter.CreateCounter<long>("jobserver.sessions.ended", "{session}", "Sessions that ended, by reason.");
        _leasesExpired = meter.CreateCounter<long>("jobserver.leases.expired", "{lease}", "Leases that lapsed.");
        _verdicts = meter.CreateCounter<long>("jobserver.reconcile.verdicts", "{verdict}", "Verdicts on what agents held when they connected, by kind.");
        _fenced = meter.CreateCounter<long>("jobserver.writes.fenced", "{write}", "Effects of old attempts that were refused, by kind.");
        _unknownFrames = meter.CreateCounter<long>("jobserver.frames.unknown", "{frame}", "Frames of a kind that this version does not know.");
        _resumeSaved = meter.CreateCounter<long>("jobserver.uploads.resume.saved", "By", "Bytes that a resumed upload did not send again.");
        _logBytes = meter.CreateCounter<long>("jobserver.logs.received", "By", "Bytes of job logs stored.");
        _logGapBytes = meter.CreateCounter<long>("jobserver.logs.gaps", "By", "Bytes of job logs that will never come.");
    }

    public void Dispatched(TimeSpan latency) => _dispatch.Record(latency.TotalSeconds);

    public void AssignmentAnswered(TimeSpan latency) => _assignmentAnswer.Record(latency.TotalSeconds);

    public void ReportApplied(TimeSpan latency) => _statusApply.Record(latency.TotalSeconds);

    public void BatchApplied(int size) => _applyBatch.Record(size);

    public void Written(TimeSpan wait) => _writeWait.Record(wait.TotalSeconds);

    public void CancelConfirmed(TimeSpan latency) => _cancel.Record(latency.TotalSeconds);

    public void SessionEnded(string reason) => _sessionEnds.Add(1, new KeyValuePair<string, object?>("reason", reason));

    public void LeaseExpired() => _leasesExpired.Add(1);

    public void Judged(VerdictKind verdict) => _verdicts.Add(1, new KeyValuePair<string, object?>("verdict", verdict.ToString()));

    /// <param name="kind">Of the effect: status, acceptance, upload, commit, log.</param>
    public void Fenced(string kind) => _fenced.Add(1, new KeyValuePair<string, object?>("kind", kind));

    public void UnknownFrame() => _unknownFrames.Add(1);

    public void UploadResumed(long savedBytes) => _resumeSaved.Add(savedBytes);

    public void LogStored(long bytes) => _logBytes.Add(bytes);

    public void LogGap(long bytes) => _logGapBytes.Add(bytes);
}
