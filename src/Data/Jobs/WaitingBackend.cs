using JobServer.Domain.Agents;
using JobServer.Domain.Backends;
using JobServer.Domain.Jobs;
using Microsoft.EntityFrameworkCore;

namespace JobServer.Data.Jobs;

/// <summary>What jobs wait for at their backend: one query.</summary>
internal sealed record WaitingBackend
{
    public required int Id { get; init; }

    public required BackendMode Mode { get; init; }

    public required string ModeMessage { get; init; }

    /// <summary>When any of its agents was heard last.</summary>
    public required DateTimeOffset? LastSeenAt { get; init; }

    /// <summary>Agents with a live session.</summary>
    public required int Connected { get; init; }

    /// <summary>The most slots that one of them has of each kind, among those that take jobs; null when none does.</summary>
    public required int? MostStandard { get; init; }

    public required int? MostDatabase { get; init; }

    public required IReadOnlyList<WaitingJob> Jobs { get; init; }

    /// <summary>With the jobs of one request.</summary>
    public static Task<WaitingBackend?> ReadAsync(JobServerDb db, int requestId, DateTimeOffset now, CancellationToken cancellationToken) => ReadAsync(
        db, db.Backends.Where(backend => db.JobRequests.Any(request => request.Id == requestId && request.BackendId == backend.Id)),
        db.Jobs.Where(job => job.JobRequestId == requestId), now, cancellationToken);

    /// <summary>With the oldest jobs that wait at a backend.</summary>
    /// <param name="most">How many of them.</param>
    public static Task<WaitingBackend?> ReadOldestAsync(JobServerDb db, int backendId, int most, DateTimeOffset now, CancellationToken cancellationToken) => ReadAsync(
        db, db.Backends.Where(backend => backend.Id == backendId),
        Waiting(db.Jobs.Where(job => job.BackendId == backendId)).OrderBy(job => job.JobRequestId).ThenBy(job => job.Position).Take(most), now, cancellationToken);

    private static IQueryable<Job> Waiting(IQueryable<Job> jobs) =>
        jobs.Where(job => job.State == JobState.Pending && job.AgentId == null && job.CancelRequestedAt == null);

    private static Task<WaitingBackend?> ReadAsync(
        JobServerDb db, IQueryable<Backend> backends, IQueryable<Job> jobs, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var waiting = Waiting(jobs);
        var connected = db.Agents.Where(agent => db.AgentSessions.Any(session =>
            session.AgentId == agent.Id && session.Epoch == agent.SessionEpoch && session.EndedAt == null && session.ExpiresAt > now));
        return backends.AsNoTracking().AsSingleQuery()
            .Select(backend => new WaitingBackend
            {
                Id = backend.Id,
                Mode = backend.Mode,
                ModeMessage = backend.ModeMessage,
                LastSeenAt = backend.LastSeenAt,
                Connected = connected.Count(agent => agent.BackendId == backend.Id),
                MostStandard = connected.Where(agent => agent.BackendId == backend.Id && agent.Mode == AgentMode.Active)
                    .Max(agent => (int?)agent.StandardSlots),
                MostDatabase = connected.Where(agent => agent.BackendId == backend.Id && agent.Mode == AgentMode.Active)
                    .Max(agent => (int?)agent.DatabaseSlots),
                Jobs = waiting.Where(job => job.BackendId == backend.Id)
                    .OrderBy(job => job.JobRequestId).ThenBy(job => job.Position)
                    .Select(job => new WaitingJob
                    {
                        Id = job.Id,
                        UsesDatabase = job.UsesDatabase,
                        Slots = job.Slots,
                        NotBefore = job.NotBefore,
                        Needs = job.Needs.Where(need => need.NeededJob.State != JobState.Succeeded)
                            .OrderBy(need => need.Action).Select(need => need.Action).ToList(),
                    })
                    .ToList(),
            })
            .SingleOrDefaultAsync(cancellationToken);
    }

    /// <summary>Why a job waits, unless it is only for its turn.</summary>
    public (WaitReason Reason, string Sentence)? Hindrance(WaitingJob job, DateTimeOffset now)
    {
        var kind = job.UsesDatabase ? "database jobs" : "jobs";
        var most = job.UsesDatabase ? MostDatabase : MostStandard;
        return this switch
        {
            _ when job.Needs.Count > 0 => (WaitReason.Dependencies, $"Waiting for {Named(job.Needs)}"),
            { Mode: BackendMode.Paused } => (WaitReason.BackendPaused, $"The backend is paused; the job starts when it resumes{Message}"),
            { Mode: BackendMode.Draining } => (WaitReason.BackendDraining, $"The backend is about to stop and starts no new jobs{Message}"),
            { Mode: BackendMode.DatabaseMaintenance } when job.UsesDatabase =>
                (WaitReason.DatabaseMaintenance, $"Waiting for the backend's database maintenance to end{Message}"),
            _ when job.NotBefore is { } at && at > now => (WaitReason.NotBefore, $"The next attempt starts not before {At(at)}"),
            { Connected: 0, LastSeenAt: { } seen } => (WaitReason.NoAgentConnected, $"No agent of the backend is connected; the last one was heard at {At(seen)}"),
            { Connected: 0 } => (WaitReason.NoAgentConnected, "No agent of the backend has ever connected"),
            _ when most is null => (WaitReason.NoAgentTakesJobs, "The backend's agents take no new jobs at the moment"),
            _ when most == 0 => (WaitReason.TooHeavy, $"No connected agent of the backend takes {kind}"),
            _ when job.Slots > most => (
                WaitReason.TooHeavy,
                $"It needs {job.Slots} slots, and no connected agent of the backend has more than {most} for {kind}; "
                + "ask an administrator of the backend to change its weight or to give an agent more slots"),
            _ => null,
        };
    }

    private string Message => ModeMessage.Length > 0 ? $": {ModeMessage}" : "";

    private static string At(DateTimeOffset at) => at.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss 'UTC'", System.Globalization.CultureInfo.InvariantCulture);

    private static string Named(IReadOnlyList<string> needs) => needs switch
    {
        [var only] => only,
        [var first, var second] => $"{first} and {second}",
        [var first, var second, var third] => $"{first}, {second} and {third}",
        _ => $"{needs[0]}, {needs[1]} and {needs.Count - 2} more actions",
    };
}
