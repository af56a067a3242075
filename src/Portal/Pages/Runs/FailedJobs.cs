using JobServer.Portal.Access;
using JobServer.Portal.CodeHosts;
using JobServer.Portal.Jobs;

namespace JobServer.Portal.Pages.Runs;

/// <summary>Runs again what failed in a request and what depended on it, at the same backend and at the head of the branch.</summary>
internal sealed class FailedJobs(JobSubmitter submitter, OneTimeTokens tokens, IHostApplicationLifetime lifetime)
{
    /// <summary>A second click finds the actions scheduled already. The first must not end with the browser's wish to leave.</summary>
    public Task<JobSubmissionResult> RunAgainAsync(HttpContext context, RequestView request) => submitter.SubmitAsync(
        new JobSubmission
        {
            UserId = context.Person()!.Id,
            WorkspaceId = context.Workspace().Id,
            BackendId = request.BackendId,
            Actions = [.. request.FailedActions],
            WillNotify = request.WillNotify,
            CodeHostToken = tokens.Read(context),
        },
        lifetime.ApplicationStopping);
}
