using JobServer.Data.Notifications;

namespace JobServer.Coordinator.Notifications;

/// <summary>Asks whether an address is its reader's before anything else is sent there.</summary>
internal static class VerifyAddressMail
{
    public static MailWords Of(VerifyAddressNotice notice) => new()
    {
        Subject = "Verify your address for notifications",
        Paragraphs =
        [
            $"{notice.Login} asked for notifications to be sent to this address. If that was you, open the link and say yes.",
            $"The link is good until {notice.Until.UtcDateTime:yyyy-MM-dd HH:mm} UTC. If it was not you, do nothing: nothing more will be sent here.",
        ],
        Link = ("Verify this address", notice.Path),
        Why = "You get this because somebody entered this address in their settings.",
    };
}
