using JobServer.Data.Notifications;

namespace JobServer.Coordinator.Notifications;

internal static class ApplicationMail
{
    public static MailWords Received(ApplicationNotice notice) => new()
    {
        Subject = $"Application received: {notice.StudyName}",
        Paragraphs =
        [
            $"Thank you, {notice.Applicant}. Your application for the study {notice.StudyName} has been received.",
            "It is now with the reviewers. Your list of applications shows what they decide.",
        ],
        Facts = [("Study", notice.StudyName), ("Reference", notice.PublicId)],
        Link = ("See the application", $"/applications/{notice.PublicId}"),
        Why = MailReasons.Applied,
    };
}
