using JobServer.Data;
using JobServer.Domain.Access;
using JobServer.Domain.Jobs;
using JobServer.Portal.Access;
using JobServer.Portal.Admin;
using JobServer.Portal.Jobs;
using JobServer.Portal.Limits;
using JobServer.Portal.Ui;
using JobServer.Portal.Users;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;

namespace JobServer.Portal.Pages.Admin.Runs;

/// <summary>Requests with lost jobs that nobody ran again, each to be run again for the person who made it.</summary>
[RequiresPermission(Permission.RetryLostJobs)]
[Limited(Limit.Submit)]
internal sealed class LostModel(
    JobServerDb db, JobSubmitter submitter, SubmissionKeys keys, PersonTokens tokens, IHostApplicationLifetime lifetime, Random random, TimeProvider timeProvider)
    : PageModel
{
    /// <summary>Older ones have been given up.</summary>
    public const int Days = 30;

    public Paging Paging { get; private set; } = Paging.None;

    public IReadOnlyList<Row> Rows { get; private set; } = [];

    /// <summary>Of the forms of this page, each for its own request.</summary>
    public string Key { get; } = SubmissionKeys.New(random);

    public async Task OnGetAsync([FromQuery(Name = "page")] int number, CancellationToken cancellationToken)
    {
        var requests = Lost();
        Paging = Paging.Of(await requests.CountAsync(cancellationToken), number);
        Rows = await requests.OrderByDescending(request => request.Id).Skip(Paging.Skip).Take(Paging.Size)
            .Select(request => new Row
            {
                Number = request.Id,
                Workspace = request.Workspace.Slug,
                Backend = request.Backend.Name,
                Person = request.CreatedBy.FullName,
                At = request.EndedAt,
                Actions = request.Jobs.Where(job => job.StatusCode == JobStatusCode.Lost).OrderBy(job => job.Position).Select(job => job.Action).ToList(),
            })
            .ToListAsync(cancellationToken);
    }

    public async Task<IActionResult> OnPostAsync([FromForm] int number, [FromForm] string? key, CancellationToken cancellationToken)
    {
        var found = await Lost().Where(request => request.Id == number)
            .Select(request => new
            {
                request.CreatedById,
                request.WorkspaceId,
                request.BackendId,
                request.Commit,
                request.WillNotify,
                Jobs = request.Jobs.Where(job => job.State == JobState.Failed).Select(job => new { job.Action, job.StatusCode }).ToList(),
            })
            .SingleOrDefaultAsync(cancellationToken);
        if (found is null)
        {
            TempData.Warn("Nothing was run: somebody else ran it again already, or nothing of it is lost.");
            return LocalRedirect(AdminLinks.LostRuns);
        }

        // The first click of two is aborted by the browser: the submission must not end with it.
        var (person, stopping) = (HttpContext.Person()!.Id, lifetime.ApplicationStopping);
        var submission = new JobSubmission
        {
            UserId = found.CreatedById,
            ActorId = person,
            WorkspaceId = found.WorkspaceId,
            BackendId = found.BackendId,
            Actions = [.. found.Jobs.Where(job => job.StatusCode is JobStatusCode.Lost or JobStatusCode.DependencyFailed).Select(job => job.Action)],
            Commit = found.Commit,
            RerunOfId = number,
            WillNotify = found.WillNotify,
            CodeHostToken = await tokens.FindAsync(HttpContext, stopping),
        };
        var result = key is { Length: SubmissionKeys.Length }
            ? await keys.OnceAsync($"{person}/lost/{number}/{key}", () => submitter.SubmitAsync(submission, stopping))
            : await submitter.SubmitAsync(submission, stopping);
        if (result is JobSubmissionResult.Submitted submitted)
        {
            TempData.Success($"Request {submitted.Number} runs what request {number} lost.");
        }
        else
        {
            TempData.Fail($"Nothing was submitted. {result.Message}");
        }

        return LocalRedirect(AdminLinks.LostRuns);
    }

    /// <summary>Ended, with lost jobs, and not the beginning of another.</summary>
    private IQueryable<JobRequest> Lost()
    {
        var since = timeProvider.GetUtcNow().AddDays(-Days);
        return db.JobRequests.AsNoTracking().Where(request => request.State == JobRequestState.Failed && request.CreatedAt > since && request.EndedAt != null
            && request.Jobs.Any(job => job.StatusCode == JobStatusCode.Lost)
            && !db.JobRequests.Any(later => later.RerunOfId == request.Id));
    }

    internal sealed record Row
    {
        public required int Number { get; init; }

        public required string Workspace { get; init; }

        public required string Backend { get; init; }

        public required string Person { get; init; }

        public required DateTimeOffset? At { get; init; }

        public required List<string> Actions { get; init; }
    }
}
