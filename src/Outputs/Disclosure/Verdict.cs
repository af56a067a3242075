namespace JobServer.Outputs.Disclosure;

/// <summary>What the checks say of a whole file.</summary>
public enum Verdict
{
    /// <summary>Everything in it was understood and nothing was found.</summary>
    Pass,

    /// <summary>Something in it only a person can judge.</summary>
    Review,

    /// <summary>At least one finding fails or blocks.</summary>
    Fail,
}
