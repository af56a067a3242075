using JobServer.Portal.Access;
using JobServer.Portal.Jobs;
using JobServer.Portal.Users;

namespace JobServer.Portal.Pages.Runs;

/// <summary>Runs again what failed in a request and what depended on it, at the same backend and at the head of the branch.</summary>
internal sealed class FailedJobs(JobSubmitter submitter, PersonTokens tokens, IHostApplicationLifetime lifetime)
{
    /// <summary>A second click finds the actions scheduled already. The first must not end with the browser's wish to leave.</summary>
    public async Task<JobSubmissionResult> RunAgainAsync(HttpContext context, RequestView request)
    {
        var stopping = lifetime.ApplicationStopping;
        var submission = new JobSubmission
        {
            UserId = context.Person()!.Id,
            WorkspaceId = context.Workspace().Id,
            BackendId = request.BackendId,
            Actions = [.. request.FailedActions],
            WillNotify = request.WillNotify,
            CodeHostToken = await tokens.FindAsync(context, stopping),
        };
        var result = await submitter.SubmitAsync(submission, stopping);
        if (result is JobSubmissionResult.Submitted or JobSubmissionResult.NothingToDo)
        {
            tokens.Spend(context);
        }

        return result;
    }
}
