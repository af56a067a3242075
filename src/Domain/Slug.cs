namespace JobServer.Domain;

/// <summary>A name in an address: letters, digits, <c>-</c> and <c>_</c>, compared without case.</summary>
public static class Slug
{
    public const int MaxLength = 64;

    /// <returns>Null when <paramref name="text"/> may be a slug, otherwise a sentence that says why not.</returns>
    public static string? Problem(string? text)
    {
        if (string.IsNullOrWhiteSpace(text))
        {
            return "Enter a name.";
        }

        if (text.Length > MaxLength)
        {
            return $"A name has at most {MaxLength} characters; this one has {text.Length}.";
        }

        if (!text.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_'))
        {
            return "Use only letters, digits, hyphens and underscores.";
        }

        return char.IsAsciiLetterOrDigit(text[0]) ? null : "Start with a letter or a digit.";
    }

    /// <summary>A slug for a name such as “My Study (2026)”: <c>my-study-2026</c>; empty when nothing is left.</summary>
    public static string From(string name)
    {
        var words = new string([.. name.Select(c => char.IsAsciiLetterOrDigit(c) ? char.ToLowerInvariant(c) : ' ')])
            .Split(' ', StringSplitOptions.RemoveEmptyEntries);
        var slug = string.Join('-', words);
        return slug.Length <= MaxLength ? slug : slug[..MaxLength].TrimEnd('-');
    }
}
