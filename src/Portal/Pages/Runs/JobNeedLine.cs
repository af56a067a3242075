using JobServer.Domain.Jobs;

namespace JobServer.Portal.Pages.Runs;

internal sealed record JobNeedLine(string JobId, string Action, int RequestNumber, JobState State, JobStatusCode Code);
