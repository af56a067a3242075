using JobServer.Data.Notifications;

namespace JobServer.Coordinator.Notifications;

internal static class TokenMail
{
    public static MailWords Expires(TokenNotice notice) => new()
    {
        Subject = "Your stored token ends soon",
        Paragraphs =
        [
            $"The token that you stored in your settings ends on {notice.ExpiresAt?.UtcDateTime:yyyy-MM-dd} UTC. After that, private repositories cannot be read with it.",
            "Make a new one on GitHub and store it in its place.",
        ],
        Link = ("Open your settings", "/settings"),
        Why = MailReasons.Account,
    };

    public static MailWords Refused(TokenNotice notice) => new()
    {
        Subject = "Your stored token was refused",
        Paragraphs =
        [
            notice.ExpiresAt is { } end
                ? $"GitHub no longer accepts the token that you stored in your settings; it was to end on {end.UtcDateTime:yyyy-MM-dd} UTC."
                : "GitHub no longer accepts the token that you stored in your settings. It ended, or it was revoked.",
            "It is not used again. Store a new one, or delete it.",
        ],
        Link = ("Open your settings", "/settings"),
        Why = MailReasons.Account,
    };
}
