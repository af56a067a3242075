using JobServer.Data;
using JobServer.Domain.Jobs;
using Microsoft.EntityFrameworkCore;

namespace JobServer.Portal.Backends;

/// <summary>Reads how all backends are doing.</summary>
internal static class BackendCards
{
    private const int Most = 200;

    /// <param name="db">Whose rows.</param>
    /// <param name="me">Whose backends are marked; null for a visitor.</param>
    /// <param name="cancellationToken">Stops the reading.</param>
    public static Task<List<BackendCard>> ReadAsync(JobServerDb db, int? me, CancellationToken cancellationToken) =>
        db.Backends.AsNoTracking()
            .OrderBy(backend => backend.Name)
            .Take(Most)
            .Select(backend => new BackendCard
            {
                Name = backend.Name,
                Slug = backend.Slug,
                Mode = backend.Mode,
                ModeMessage = backend.ModeMessage,
                LastSeenAt = backend.LastSeenAt,
                RunningJobs = db.Jobs.Count(job => job.BackendId == backend.Id && job.State == JobState.Running),
                PendingJobs = db.Jobs.Count(job => job.BackendId == backend.Id && job.State == JobState.Pending),
                IsMine = db.BackendMemberships.Any(member => member.BackendId == backend.Id && member.UserId == me),
            })
            .ToListAsync(cancellationToken);
}
