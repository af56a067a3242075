using JobServer.Data.Notifications;

namespace JobServer.Coordinator.Notifications;

internal static class PublicationMail
{
    public static MailWords Requested(PublicationNotice notice) => new()
    {
        Subject = $"A publication of {notice.Workspace} waits for your decision",
        Paragraphs = [$"Somebody asks to publish {Files(notice)} of the workspace {notice.Workspace}: {notice.Title}. Everybody could read them. One Output Publisher decides."],
        Link = ("Look at it", notice.Path),
        Why = "You get this because you are an Output Publisher.",
    };

    public static MailWords Published(PublicationNotice notice) => Of(
        notice, "was published", [$"Everybody can read {Files(notice)} of the workspace {notice.Workspace} now, on the page below.", .. Said(notice)]);

    public static MailWords Rejected(PublicationNotice notice) => Of(
        notice, "was not published", [$"An Output Publisher decided not to publish {Files(notice)} of the workspace {notice.Workspace}.", .. Said(notice)]);

    public static MailWords Unpublished(PublicationNotice notice) => Of(
        notice, "is no longer public", [$"An Output Publisher took {Files(notice)} of the workspace {notice.Workspace} away from the public. Your project still sees them.", .. Said(notice)]);

    private static MailWords Of(PublicationNotice notice, string what, IReadOnlyList<string> paragraphs) => new()
    {
        Subject = $"{notice.Title} {what}",
        Paragraphs = paragraphs,
        Link = ("See its page", notice.Path),
        Why = MailReasons.Account,
    };

    private static string[] Said(PublicationNotice notice) => notice.Comment.Length == 0 ? [] : [$"They said: {notice.Comment}"];

    private static string Files(PublicationNotice notice) => notice.Files == 1 ? "one file" : $"{notice.Files} files";
}
