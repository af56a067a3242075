namespace JobServer.Portal.Workspaces;

/// <summary>What a person typed, as a pattern of SQL's LIKE.</summary>
internal static class LikePattern
{
    public const string Escape = "\\";

    private const int MaxLength = 100;

    /// <summary>Matches texts that hold these letters; nothing in them is a wildcard.</summary>
    public static string Containing(string text)
    {
        var letters = text.Length <= MaxLength ? text : text[..MaxLength];
        return "%" + string.Concat(letters.Select(letter => letter is '%' or '_' or '[' or '\\' ? Escape + letter : letter.ToString())) + "%";
    }
}
