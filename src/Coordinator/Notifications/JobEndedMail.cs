using JobServer.Data.Notifications;
using JobServer.Domain.Jobs;

namespace JobServer.Coordinator.Notifications;

internal static class JobEndedMail
{
    public static MailWords Of(JobEndedNotice notice)
    {
        var state = notice.State == JobState.Succeeded ? "succeeded" : "failed";
        return new MailWords
        {
            Subject = $"{state}: [{notice.Workspace}] {notice.Action}",
            Paragraphs = [$"The action {notice.Action} of the workspace {notice.Workspace} has {state}."],
            Facts =
            [
                ("Status", notice.StatusMessage),
                ("Request", $"{notice.RequestNumber}"),
                ("Runtime", notice is { StartedAt: { } start, CompletedAt: { } end } ? Durations.Of(end - start) : "not started"),
            ],
            Link = ("See the job", $"/jobs/{notice.JobId}"),
            Why = MailReasons.Submitted,
        };
    }
}
