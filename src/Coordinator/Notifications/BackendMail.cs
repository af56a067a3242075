using JobServer.Data.Notifications;

namespace JobServer.Coordinator.Notifications;

internal static class BackendMail
{
    public static MailWords Silent(BackendNotice notice) => new()
    {
        Subject = $"{notice.Name} is silent",
        Paragraphs =
        [
            $"Nothing has been heard from {notice.Name} since {notice.SeenAt.UtcDateTime:yyyy-MM-dd HH:mm} UTC.",
            "Its jobs wait, and what runs there is not lost: its agents report again once they are back. Ask the site's operator whether the agents run and reach this service.",
        ],
        Link = ("See the backends", "/status"),
        Why = MailReasons.Admin,
    };

    public static MailWords Back(BackendNotice notice) => new()
    {
        Subject = $"{notice.Name} is back",
        Paragraphs = [$"{notice.Name} is heard again. It had been silent since {notice.SeenAt.UtcDateTime:yyyy-MM-dd HH:mm} UTC."],
        Link = ("See the backends", "/status"),
        Why = MailReasons.Admin,
    };
}
