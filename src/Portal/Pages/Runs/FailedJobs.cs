using JobServer.Portal.Access;
using JobServer.Portal.CodeHosts;
using JobServer.Portal.Jobs;

namespace JobServer.Portal.Pages.Runs;

/// <summary>Runs again what failed in a request and what depended on it, at the same backend.</summary>
internal sealed class FailedJobs(JobSubmitter submitter, SubmissionKeys keys, OneTimeTokens tokens, IHostApplicationLifetime lifetime)
{
    /// <param name="context">Whose click it is.</param>
    /// <param name="request">The request that has failed jobs.</param>
    /// <param name="key">Of the form: however often it is sent, it makes one request.</param>
    /// <param name="atSameCommit">Runs the commit of the request; otherwise the newest of the branch.</param>
    public Task<JobSubmissionResult> RunAgainAsync(HttpContext context, RequestView request, string? key, bool atSameCommit)
    {
        var person = context.Person()!;
        var submission = new JobSubmission
        {
            UserId = person.Id,
            WorkspaceId = context.Workspace().Id,
            BackendId = request.BackendId,
            Actions = [.. request.FailedActions],
            Commit = atSameCommit ? request.Commit : null,
            RerunOfId = request.Number,
            WillNotify = request.WillNotify,
            CodeHostToken = tokens.Read(context),
        };

        // The first click of two is aborted by the browser: the submission must not end with it.
        var stopping = lifetime.ApplicationStopping;
        return key is { Length: SubmissionKeys.Length }
            ? keys.OnceAsync($"{person.Id}/rerun/{request.Number}/{key}", () => submitter.SubmitAsync(submission, stopping))
            : submitter.SubmitAsync(submission, stopping);
    }
}
