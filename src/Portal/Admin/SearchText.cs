namespace JobServer.Portal.Admin;

/// <summary>What somebody typed into a search box.</summary>
internal static class SearchText
{
    /// <summary>Letters that a search box takes.</summary>
    public const int MaxLength = 100;

    /// <summary>Without what no name holds, and no longer than the box.</summary>
    public static string Of(string? typed)
    {
        var text = new string([.. (typed ?? "").Where(letter => !char.IsControl(letter) && !char.IsSurrogate(letter))]).Trim();
        return text.Length > MaxLength ? text[..MaxLength] : text;
    }
}
