using System.Buffers;
using System.Globalization;
using System.Net.Mail;
using System.Text;

namespace JobServer.Domain.Applications.Forms;

/// <summary>What an answer may look like. Whether there must be one is another question: anything can be saved half-empty.</summary>
public static class FieldRules
{
    private const int FewestDigits = 5;

    /// <summary>The answer without what browsers add: line ends of one kind, no blanks around it.</summary>
    public static string Tidy(string value) => value.ReplaceLineEndings("\n").Trim();

    /// <returns>Null when a tidy answer is well formed or empty; otherwise a sentence that says what to do.</returns>
    public static string? Problem(FormField field, string value)
    {
        if (value.Length == 0)
        {
            return null;
        }

        if (value.Length > field.MaxLength)
        {
            return $"{field.Label}: use at most {field.MaxLength} characters. This has {value.Length}.";
        }

        if (field.Kind != FieldKind.Checkboxes && HasUnseen(value, field.Kind == FieldKind.LongText))
        {
            return field.Kind == FieldKind.LongText
                ? $"{field.Label}: there are characters in it that cannot be shown. Type the text instead of pasting it."
                : $"{field.Label}: use one line, without characters that cannot be shown.";
        }

        return field.Kind switch
        {
            FieldKind.Text or FieldKind.LongText => null,
            FieldKind.Email => IsEmail(value) ? null : $"{field.Label}: enter an e-mail address, like name@example.org.",
            FieldKind.Telephone => IsTelephone(value) ? null : $"{field.Label}: enter a telephone number, like +44 20 7946 0000.",
            FieldKind.Date => IsDate(value) ? null : $"{field.Label}: enter a day as year-month-day, like 2026-03-31.",
            FieldKind.YesNo or FieldKind.Choice => IsOption(field, value) ? null : $"{field.Label}: choose one of the answers that are offered.",
            FieldKind.Checkboxes => Answers.Choices(value).All(choice => IsOption(field, choice))
                ? null
                : $"{field.Label}: choose only among the answers that are offered.",
        };
    }

    /// <summary>Whether a text has characters that cannot be shown, or that make the text around it read as another one.</summary>
    /// <param name="value">With line ends of one kind.</param>
    /// <param name="allowsLines">It may have several lines.</param>
    public static bool HasUnseen(string value, bool allowsLines) =>
        HasHalfCharacter(value) || value.EnumerateRunes().Any(rune => IsUnseen(rune, allowsLines));

    /// <summary>A surrogate without its other half, which no database takes as it is.</summary>
    private static bool HasHalfCharacter(string value)
    {
        for (var rest = value.AsSpan(); !rest.IsEmpty;)
        {
            if (Rune.DecodeFromUtf16(rest, out _, out var read) != OperationStatus.Done)
            {
                return true;
            }

            rest = rest[read..];
        }

        return false;
    }

    /// <summary>Control characters, and those that turn the direction of other people's text.</summary>
    private static bool IsUnseen(Rune rune, bool allowsLines) => rune.Value switch
    {
        '\n' or '\t' => !allowsLines,
        >= 0x202A and <= 0x202E or >= 0x2066 and <= 0x2069 => true,
        _ => Rune.IsControl(rune) || Rune.GetUnicodeCategory(rune) is UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator,
    };

    private static bool IsEmail(string value) =>
        !value.Any(char.IsWhiteSpace) && MailAddress.TryCreate(value, out var address) && address.Address == value;

    private static bool IsTelephone(string value) =>
        value.All(c => char.IsAsciiLetterOrDigit(c) || c is ' ' or '+' or '-' or '(' or ')' or '.' or '/' or '#')
        && value.Count(char.IsAsciiDigit) >= FewestDigits;

    private static bool IsDate(string value) =>
        DateOnly.TryParseExact(value, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) && day.Year is >= 1900 and < 2200;

    private static bool IsOption(FormField field, string value) => field.Choices.Any(option => option.Value == value);
}
