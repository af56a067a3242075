namespace JobServer.Portal.Limits;

/// <summary>What is counted apart from everything else.</summary>
internal enum Limit
{
    /// <summary>Attempts to sign in, by address.</summary>
    SignIn,

    /// <summary>Forms that start work at a site or at the code host.</summary>
    Submit,

    /// <summary>Calls of programs.</summary>
    Api,
}
