using JobServer.Data;
using JobServer.Domain.Access;
using JobServer.Domain.Jobs;
using JobServer.Portal.Access;
using JobServer.Portal.Backends;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;

namespace JobServer.Portal.Pages;

/// <summary>Every backend and how it is doing.</summary>
[RequiresPermission(Permission.ViewPublicPages)]
internal sealed class BackendStatusModel(JobServerDb db, TimeProvider time) : PageModel
{
    private const int Most = 200;

    public DateTimeOffset Now { get; } = time.GetUtcNow();

    public IReadOnlyList<BackendCard> Backends { get; private set; } = [];

    public async Task OnGetAsync(CancellationToken cancellationToken)
    {
        var me = HttpContext.Person()?.Id;
        Backends = await db.Backends.AsNoTracking()
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
}
