namespace JobServer.Data.Backends;

/// <summary>A token that was just made: the only time that its text is known. A class, so that no log prints its members.</summary>
public sealed class NewToken(string secret, string label)
{
    public string Secret => secret;

    public string Label => label;
}
