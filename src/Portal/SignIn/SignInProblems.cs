namespace JobServer.Portal.SignIn;

/// <summary>The problems in words: what happened, and what to do now.</summary>
internal static class SignInProblems
{
    public static string Sentence(this SignInProblem problem) => problem switch
    {
        SignInProblem.Denied =>
            "You are not signed in, because access was not allowed at GitHub. Sign in again and choose Authorize there; " +
            "the site learns your name, your picture and your e-mail address, and nothing of your repositories.",
        SignInProblem.Lapsed =>
            "You are not signed in: the sign-in took too long, was begun in another browser, or this browser does not keep cookies. Begin again here.",
        SignInProblem.Revoked =>
            "GitHub did not accept this sign-in: it was used already, has expired, or was taken back. Begin again here.",
        SignInProblem.Unavailable =>
            "GitHub does not answer at the moment, so nobody can be signed in with it. Try again in a minute.",
        SignInProblem.Unreadable =>
            "GitHub answered in a way that this site does not understand. Try again in a minute; if it happens again, tell the people who run this site.",
        SignInProblem.Misconfigured =>
            "GitHub does not know this site, or no longer. You cannot change that: tell the people who run this site that its application at GitHub must be looked at.",
        SignInProblem.Deactivated =>
            "Your account on this site was deactivated, so you cannot sign in. A Core Developer can activate it again.",
    };

    /// <summary>The problem of a word in an address; null when it is none.</summary>
    public static SignInProblem? Parse(string? word) =>
        Enum.TryParse<SignInProblem>(word, ignoreCase: true, out var problem) && Enum.IsDefined(problem) && !char.IsAsciiDigit(word![0]) ? problem : null;
}
