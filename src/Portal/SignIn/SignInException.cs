namespace JobServer.Portal.SignIn;

/// <summary>Ends a sign-in with a problem that has words for the person.</summary>
internal sealed class SignInException(SignInProblem problem) : Exception($"The sign-in ended: {problem}.")
{
    public SignInProblem Problem => problem;
}
