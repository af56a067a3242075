using JobServer.Data.Notifications;

namespace JobServer.Coordinator.Notifications;

internal static class RequestEndedMail
{
    public static MailWords Of(RequestEndedNotice notice)
    {
        var state = (notice.Failed, notice.Succeeded) switch
        {
            (0, _) => "succeeded",
            (_, 0) => "failed",
            _ => "partly failed",
        };
        var unlisted = notice.Failed - notice.Failures.Count;
        return new MailWords
        {
            Subject = $"{state}: [{notice.Workspace}] request {notice.RequestNumber}",
            Paragraphs = [$"All jobs of request {notice.RequestNumber} in the workspace {notice.Workspace} have ended."],
            Facts =
            [
                ("Succeeded", $"{notice.Succeeded}"),
                ("Failed", $"{notice.Failed}"),
                ("Runtime", Durations.Of(notice.Runtime)),
                .. notice.Failures.Select(failure => (failure.Action, failure.Message)),
                .. unlisted > 0 ? [("Others", $"{unlisted} more failed")] : Array.Empty<(string, string)>(),
            ],
            Link = ("See the request", $"/job-requests/{notice.Identifier}"),
            Why = MailReasons.Submitted,
        };
    }
}
