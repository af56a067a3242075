using JobServer.Data.Jobs;
using JobServer.Domain.Jobs;

namespace JobServer.Chaos.Tests.History;

/// <summary>What must hold between the rows of the database.</summary>
internal static class RowChecks
{
    public static IEnumerable<Violation> All(RunHistory history) =>
    [
        .. EveryJobEnded(history),
        .. FencesRiseByOneWithEachLease(history),
        .. ReportsAreAppliedInOrderAndOnce(history),
        .. EndsNeverChange(history),
        .. SumsOfRequestsAreThoseOfTheirJobs(history),
        .. OutputsAreOfTheAcceptedAttempt(history),
        .. NothingRanBeforeWhatItNeeds(history),
    ];

    /// <summary>Liveness: after the faults are gone every job comes to an end.</summary>
    public static IEnumerable<Violation> EveryJobEnded(RunHistory history) =>
        from job in history.Jobs
        where !job.IsEnded
        select new Violation(nameof(EveryJobEnded), $"{job.Action} is {job.StatusCode} under fence {job.Fence}, held by {job.AgentId ?? "nobody"}.", job.Id);

    /// <summary>I2: each lease has the next fence, and the row has that of the newest.</summary>
    public static IEnumerable<Violation> FencesRiseByOneWithEachLease(RunHistory history)
    {
        var leases = history.Events.Where(row => row.Kind == JobEventKind.Leased).ToLookup(row => row.JobId, StringComparer.Ordinal);
        return from job in history.Jobs
               let fences = leases[job.Id].Select(lease => lease.Fence).ToList()
               where !fences.SequenceEqual(Enumerable.Range(1, fences.Count).Select(fence => (long)fence)) || job.Fence != fences.Count
               select new Violation(
                   nameof(FencesRiseByOneWithEachLease), $"leases {string.Join(", ", fences)}, and the row has fence {job.Fence}.", job.Id);
    }

    /// <summary>I3, I6: the applied reports of an attempt are 1, 2, 3 … and come while its fence is the newest.</summary>
    public static IEnumerable<Violation> ReportsAreAppliedInOrderAndOnce(RunHistory history)
    {
        foreach (var attempt in history.Events.Where(IsApplied).GroupBy(row => (row.JobId, row.Fence)))
        {
            var sequences = attempt.Select(row => row.Sequence).ToList();
            if (!sequences.SequenceEqual(Enumerable.Range(1, sequences.Count).Select(sequence => (long)sequence)))
            {
                yield return new Violation(
                    nameof(ReportsAreAppliedInOrderAndOnce), $"fence {attempt.Key.Fence} has the reports {string.Join(", ", sequences)}.", attempt.Key.JobId);
            }
        }

        foreach (var job in history.Events.GroupBy(row => row.JobId, StringComparer.Ordinal))
        {
            var newest = 0L;
            foreach (var row in job)
            {
                newest = row.Kind == JobEventKind.Leased ? row.Fence : newest;
                if (IsApplied(row) && row.Fence != newest)
                {
                    yield return new Violation(
                        nameof(ReportsAreAppliedInOrderAndOnce), $"a report of fence {row.Fence} was applied under fence {newest}.", job.Key);
                }
            }
        }
    }

    /// <summary>I4: an end, its time and its manifest stay, in the row and in the history.</summary>
    public static IEnumerable<Violation> EndsNeverChange(RunHistory history)
    {
        foreach (var job in history.Jobs.Where(job => history.FirstSeen.ContainsKey(job.Id)))
        {
            if (EndedRow.Of(job) is var now && now != history.FirstSeen[job.Id])
            {
                yield return new Violation(nameof(EndsNeverChange), $"it was {history.FirstSeen[job.Id]} and is {now}.", job.Id);
            }
        }

        foreach (var job in history.Events.GroupBy(row => row.JobId, StringComparer.Ordinal))
        {
            var after = job.SkipWhile(row => !IsEnd(row)).Skip(1).Where(row => row.Kind != JobEventKind.Contradicted).ToList();
            if (after.Count > 0)
            {
                yield return new Violation(nameof(EndsNeverChange), $"after its end came {string.Join(", ", after.Select(row => row.Kind))}.", job.Key);
            }
        }
    }

    /// <summary>What lists show is what the jobs are.</summary>
    public static IEnumerable<Violation> SumsOfRequestsAreThoseOfTheirJobs(RunHistory history)
    {
        var jobs = history.Jobs.ToLookup(job => job.JobRequestId);
        return from request in history.Requests
               let shown = (request.PendingJobs, request.RunningJobs, request.SucceededJobs, request.FailedJobs, request.CancelledJobs)
               let real = (
                   jobs[request.Id].Count(job => job.State == JobState.Pending),
                   jobs[request.Id].Count(job => job.State == JobState.Running),
                   jobs[request.Id].Count(job => job.State == JobState.Succeeded),
                   jobs[request.Id].Count(job => job.State == JobState.Failed),
                   jobs[request.Id].Count(IsCancelled))
               where shown != real
               select new Violation(nameof(SumsOfRequestsAreThoseOfTheirJobs), $"request {request.Id} shows {shown}, its jobs are {real}.");
    }

    /// <summary>I13: what people may see was committed by the attempt whose success was accepted.</summary>
    public static IEnumerable<Violation> OutputsAreOfTheAcceptedAttempt(RunHistory history)
    {
        var outputs = history.Outputs.ToLookup(file => (file.JobId, file.Fence));
        foreach (var job in history.Jobs)
        {
            var expected = job.State == JobState.Succeeded ? Manifests.DigestOf(outputs[(job.Id, job.Fence)]) : null;
            if (job.ManifestDigest != expected)
            {
                yield return new Violation(
                    nameof(OutputsAreOfTheAcceptedAttempt), $"{job.StatusCode} has the manifest {job.ManifestDigest ?? "none"}, not {expected ?? "none"}.", job.Id);
            }
        }

        var byId = history.Jobs.ToDictionary(job => job.Id, StringComparer.Ordinal);
        foreach (var release in history.Releases)
        {
            var job = release.JobId is { } id ? byId.GetValueOrDefault(id) : null;
            var accepted = job is { State: JobState.Succeeded }
                ? outputs[(job.Id, job.Fence)].Where(file => file.Disposition == OutputDisposition.Uploaded).Select(file => (file.Path, file.Digest)).ToHashSet()
                : [];
            if (!accepted.SetEquals(release.Files.Select(file => (file.Path, file.Digest))))
            {
                yield return new Violation(nameof(OutputsAreOfTheAcceptedAttempt), $"release {release.Id} is not what the accepted attempt uploaded.", release.JobId);
            }
        }
    }

    /// <summary>A job is leased only after everything that its request planned before it and that it needs has succeeded.</summary>
    public static IEnumerable<Violation> NothingRanBeforeWhatItNeeds(RunHistory history)
    {
        var succeeded = history.Events.Where(row => row.State == JobState.Succeeded).GroupBy(row => row.JobId, StringComparer.Ordinal)
            .ToDictionary(rows => rows.Key, rows => rows.Min(row => row.Id), StringComparer.Ordinal);
        return from job in history.Jobs
               from need in job.Needs
               from lease in history.Events
               where lease.JobId == job.Id && lease.Kind == JobEventKind.Leased
               where !succeeded.TryGetValue(need.NeededJobId, out var at) || at > lease.Id
               select new Violation(nameof(NothingRanBeforeWhatItNeeds), $"it was leased under fence {lease.Fence} before {need.Action} had succeeded.", job.Id);
    }

    /// <summary>A report that was applied, whatever it led to.</summary>
    public static bool IsApplied(JobEvent row) => row.Sequence > 0 && row.Kind != JobEventKind.Contradicted;

    // What needed a cancelled action counts as cancelled too, and says so.
    private static bool IsCancelled(Job job) =>
        job.StatusCode.IsCancellation() || (job.StatusCode == JobStatusCode.DependencyFailed && job.StatusMessage.EndsWith(", was cancelled", StringComparison.Ordinal));

    private static bool IsEnd(JobEvent row) => row.State is JobState.Succeeded or JobState.Failed;
}
