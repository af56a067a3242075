using JobServer.Data;
using JobServer.Data.Jobs;
using JobServer.Data.Logs;
using JobServer.Domain.Access;
using JobServer.Portal.Access;
using JobServer.Portal.Coordination;
using JobServer.Portal.Jobs;
using JobServer.Portal.Logs;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;

namespace JobServer.Portal.Pages.Runs;

/// <summary>A job: state, config and timings, live. The unique beginning of an identifier leads to the whole one.</summary>
[RequiresPermission(Permission.ViewPublicPages)]
internal sealed class JobDetailModel(
    JobServerDb db, ILogStore logs, JobCancellations cancellations, CoordinatorNotices notices, TimeProvider timeProvider) : PageModel
{
    [BindProperty(SupportsGet = true)]
    public int Number { get; set; }

    [BindProperty(SupportsGet = true)]
    public string JobId { get; set; } = "";

    /// <summary>Whose log to show; the newest when it names none.</summary>
    [BindProperty(SupportsGet = true)]
    public long? Attempt { get; set; }

    public JobView View { get; private set; } = null!;

    public JobLogView Log { get; private set; } = null!;

    public async Task<IActionResult> OnGetAsync(CancellationToken cancellationToken)
    {
        if (JobPrefix.Parse(JobId) is not { } prefix)
            return NotFound();
        if (!prefix.IsWhole)
            return await ToWholeAsync(prefix, cancellationToken);
        var view = await FindAsync(prefix.Text, cancellationToken);
        var log = await JobLogView.FindAsync(
            db, logs, HttpContext, Number, prefix.Text, Attempt, timeProvider.GetUtcNow(), cancellationToken);
        if (view is null || log is null)
            return NotFound();
        View = view;
        Log = log;
        return Page();
    }

    public async Task<IActionResult> OnPostCancelAsync(CancellationToken cancellationToken)
    {
        if (HttpContext.Refusal(Permission.CancelJobs) is { } refusal)
            return refusal;
        if (JobPrefix.Parse(JobId) is not { IsWhole: true } id || await FindAsync(id.Text, cancellationToken) is null)
            return NotFound();
        var outcome = await cancellations.CancelJobAsync(Number, id.Text, HttpContext.Person()!.Id, cancellationToken);
        await notices.RequestChangedAsync(Number, cancellationToken);
        CancelWords.Tell(TempData, outcome);
        return LocalRedirect(HttpContext.RunAddress().Job(Number, id.Text));
    }

    private async Task<IActionResult> ToWholeAsync(JobPrefix prefix, CancellationToken cancellationToken)
    {
        var workspaceId = HttpContext.Workspace().Id;
        var ids = await prefix.Match(db.Jobs.AsNoTracking().Where(job => job.JobRequestId == Number && job.WorkspaceId == workspaceId))
            .Select(job => job.Id)
            .Take(2)
            .ToListAsync(cancellationToken);
        return ids is [var id] ? LocalRedirect(HttpContext.RunAddress().Job(Number, id)) : NotFound();
    }

    private Task<JobView?> FindAsync(string jobId, CancellationToken cancellationToken) =>
        JobView.FindAsync(db, HttpContext, HttpContext.Workspace().Id, Number, jobId, timeProvider.GetUtcNow(), cancellationToken);
}
