namespace JobServer.Coordinator.Notifications;

/// <summary>Why people get messages, for the foot of each.</summary>
internal static class MailReasons
{
    public const string Submitted =
        "You get this because notifications were asked for when the jobs were submitted. In your settings you choose between one message for each job and one for each request.";

    public const string Account = "You get this because it is about your account.";

    public const string Applied = "You get this because you applied for a project.";

    public const string Admin = "You get this because you look after this site.";
}
