using JobServer.Domain;
using JobServer.Domain.Applications.Forms;

namespace JobServer.Portal.Admin;

/// <summary>What is wrong with what an admin typed.</summary>
internal static class AdminText
{
    /// <returns>Null when the name can be kept, otherwise why not.</returns>
    public static string? NameProblem(string name, int maxLength) =>
        name.Length == 0 ? "Enter a name." : Problem(name, maxLength, allowsLines: false);

    /// <returns>Null when the text can be kept, otherwise why not.</returns>
    public static string? Problem(string text, int maxLength, bool allowsLines) => text switch
    {
        _ when text.Length > maxLength => $"This has at most {maxLength} characters; yours has {text.Length}.",
        _ when FieldRules.HasUnseen(text, allowsLines) => "This has characters that cannot be shown. Type it anew.",
        _ => null,
    };

    /// <param name="slug">As typed, or made of the name.</param>
    /// <param name="current">The slug that the thing has: it may stay, whatever was reserved since.</param>
    /// <param name="reserved">What the site says of a slug that is none so far.</param>
    /// <returns>Null when the thing may have it.</returns>
    public static string? SlugProblem(string slug, string? current, Func<string, string?> reserved) => slug switch
    {
        "" => "Enter a slug: the name has no letter a to z and no digit to make one of.",
        _ when string.Equals(slug, current, StringComparison.Ordinal) => null,
        _ => Slug.Problem(slug) ?? reserved(slug),
    };
}
