namespace JobServer.Portal.CodeHosts;

/// <param name="Sha">40 lower-case hexadecimal digits.</param>
public sealed record CodeCommit(string Sha)
{
    /// <summary>The seven digits that people read.</summary>
    public string Short => Sha[..7];

    public static bool IsSha(string? text) => text is { Length: 40 } && text.All(char.IsAsciiHexDigitLower);
}
