using JobServer.Data.Notifications;

namespace JobServer.Coordinator.Notifications;

internal static class ReleaseRequestMail
{
    public static MailWords Requested(ReleaseRequestNotice notice) => new()
    {
        Subject = $"A release of files of {notice.Workspace} waits for review",
        Paragraphs = [$"Request {notice.Number} asks for {Files(notice)} of the workspace {notice.Workspace}. Two output checkers decide."],
        Link = ("Review it", $"/reviews/{notice.Number}"),
        Why = "You get this because you are an Output Checker.",
    };

    public static MailWords Returned(ReleaseRequestNotice notice) => new()
    {
        Subject = $"Your request for release {notice.Number} was returned",
        Paragraphs =
        [
            $"An output checker sent your request for {Files(notice)} of the workspace {notice.Workspace} back. Change what they ask for and submit it again; approvals of files that do not change stay.",
            $"They said: {notice.Comment}",
        ],
        Link = Own(notice),
        Why = MailReasons.Account,
    };

    public static MailWords Rejected(ReleaseRequestNotice notice) => new()
    {
        Subject = $"Your request for release {notice.Number} was rejected",
        Paragraphs = [$"Two output checkers rejected every file of your request for the workspace {notice.Workspace}. The page says why; make the files anew and ask again."],
        Link = Own(notice),
        Why = MailReasons.Account,
    };

    public static MailWords Released(ReleaseRequestNotice notice) => new()
    {
        Subject = $"Files of {notice.Workspace} were released",
        Paragraphs = [$"Your request for release {notice.Number} was decided on: what two output checkers approved is released now. The page says what was not, and why."],
        Link = Own(notice),
        Why = MailReasons.Account,
    };

    /// <summary>To whoever of author and checkers did not say it.</summary>
    public static MailWords Commented(ReleaseRequestNotice notice) => new()
    {
        Subject = $"A comment on request for release {notice.Number}",
        Paragraphs = [$"On the request for {Files(notice)} of the workspace {notice.Workspace} somebody said: {notice.Comment}"],
        Link = notice.IsForChecker ? ("See the request", $"/reviews/{notice.Number}") : Own(notice),
        Why = MailReasons.Account,
    };

    private static (string, string) Own(ReleaseRequestNotice notice) => ("See the request", $"{notice.WorkspacePath}/release-requests/{notice.Number}");

    private static string Files(ReleaseRequestNotice notice) => notice.Files == 1 ? "one file" : $"{notice.Files} files";
}
