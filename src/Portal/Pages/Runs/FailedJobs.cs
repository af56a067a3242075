using JobServer.Portal.Access;
using JobServer.Portal.Jobs;
using JobServer.Portal.Users;

namespace JobServer.Portal.Pages.Runs;

/// <summary>Runs again what failed in a request and what depended on it, at the same backend.</summary>
internal sealed class FailedJobs(JobSubmitter submitter, SubmissionKeys keys, PersonTokens tokens, IHostApplicationLifetime lifetime)
{
    /// <param name="context">Whose click it is.</param>
    /// <param name="request">The request that has failed jobs.</param>
    /// <param name="key">Of the form: however often it is sent, it makes one request.</param>
    /// <param name="atSameCommit">Runs the commit of the request; otherwise the newest of the branch.</param>
    public async Task<JobSubmissionResult> RunAgainAsync(HttpContext context, RequestView request, string? key, bool atSameCommit)
    {
        var person = context.Person()!;

        // The first click of two is aborted by the browser: the submission must not end with it.
        var stopping = lifetime.ApplicationStopping;
        var submission = new JobSubmission
        {
            UserId = person.Id,
            WorkspaceId = context.Workspace().Id,
            BackendId = request.BackendId,
            Actions = [.. request.FailedActions],
            Commit = atSameCommit ? request.Commit : null,
            RerunOfId = request.Number,
            WillNotify = request.WillNotify,
            CodeHostToken = await tokens.FindAsync(context, stopping),
        };
        var result = key is { Length: SubmissionKeys.Length }
            ? await keys.OnceAsync($"{person.Id}/rerun/{request.Number}/{key}", () => submitter.SubmitAsync(submission, stopping))
            : await submitter.SubmitAsync(submission, stopping);
        if (result is JobSubmissionResult.Submitted or JobSubmissionResult.NothingToDo)
        {
            tokens.Spend(context);
        }

        return result;
    }
}
