namespace JobServer.Data;

internal static class Text
{
    /// <summary>At most <paramref name="maxLength"/> characters, with an ellipsis where something was cut.</summary>
    public static string Shorten(string text, int maxLength)
    {
        if (text.Length <= maxLength)
        {
            return text;
        }

        var cut = char.IsHighSurrogate(text[maxLength - 2]) ? maxLength - 2 : maxLength - 1;
        return text[..cut] + "…";
    }
}
