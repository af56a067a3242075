namespace JobServer.Data.Backends;

/// <summary>A token that was just made: the only time that its text is known. A log that prints it prints its label.</summary>
public sealed class NewToken(string secret, string label)
{
    public string Secret => secret;

    public string Label => label;

    public override string ToString() => $"the token {label}";
}
