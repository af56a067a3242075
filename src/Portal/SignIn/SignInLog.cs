namespace JobServer.Portal.SignIn;

internal static partial class SignInLog
{
    /// <summary>Only the kind and the type: a message of GitHub may repeat what it was sent.</summary>
    [LoggerMessage(4100, LogLevel.Warning, "A sign-in with GitHub failed: {Problem} ({Cause})")]
    public static partial void Failed(ILogger logger, SignInProblem problem, string cause);

    [LoggerMessage(4101, LogLevel.Information, "User {UserId} signed in with GitHub for the first time")]
    public static partial void FirstSignIn(ILogger logger, int userId);

    [LoggerMessage(4102, LogLevel.Warning, "Deactivated user {UserId} tried to sign in")]
    public static partial void Deactivated(ILogger logger, int userId);

    /// <summary>The one secret that is logged: whoever reads the log of a service without admins is who sets it up.</summary>
    [LoggerMessage(4103, LogLevel.Warning, "Nobody is a Core Developer yet. Sign in, open {Address} and enter the set-up code {Code} within {Minutes} minutes")]
    public static partial void SetUpOffered(ILogger logger, string address, string code, int minutes);

    [LoggerMessage(4104, LogLevel.Warning, "GitHub does not know the account of user {UserId} any more; their sign-ins are ended")]
    public static partial void Gone(ILogger logger, int userId);

    [LoggerMessage(4105, LogLevel.Warning, "GitHub answers no more for a while; {Left} people are looked for in the next round")]
    public static partial void WatchLimited(ILogger logger, int left);

    [LoggerMessage(4106, LogLevel.Warning, "People could not be looked for at GitHub; the next round tries again")]
    public static partial void WatchFailed(ILogger logger, Exception exception);
}
