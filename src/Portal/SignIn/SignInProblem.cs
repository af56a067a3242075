namespace JobServer.Portal.SignIn;

/// <summary>Why a sign-in with GitHub came to nothing.</summary>
internal enum SignInProblem
{
    /// <summary>The person said no at GitHub.</summary>
    Denied,

    /// <summary>The answer belongs to no sign-in that this browser began, or to one of long ago.</summary>
    Lapsed,

    /// <summary>GitHub takes the code or the grant back.</summary>
    Revoked,

    /// <summary>GitHub does not answer, or too slowly.</summary>
    Unavailable,

    /// <summary>GitHub's answer makes no sense.</summary>
    Unreadable,

    /// <summary>GitHub does not accept the site's own application.</summary>
    Misconfigured,

    Deactivated,
}
