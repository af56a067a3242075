using System.Globalization;
using JobServer.Domain.Applications.Forms;
using JobServer.Domain.Users;

namespace JobServer.Portal.Users;

/// <summary>What people are called.</summary>
internal static class PersonNames
{
    /// <summary>Without spaces around it and with single ones inside.</summary>
    public static string Clean(string? name) =>
        string.Join(' ', (name ?? "").Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));

    /// <returns>Null when it can be a name, otherwise what is wrong.</returns>
    public static string? Problem(string? name) => name switch
    {
        null or "" => "Enter your name, as colleagues know you.",
        { Length: > User.NameMaxLength } => $"A name has at most {User.NameMaxLength} characters.",
        _ when !name.Any(char.IsLetter) => "A name has at least one letter.",
        _ when FieldRules.HasUnseen(name, allowsLines: false) || name.Any(letter => char.GetUnicodeCategory(letter) is UnicodeCategory.Format) =>
            "The name has a character that cannot be seen. Type it again.",
        _ => null,
    };
}
