using System.Globalization;
using System.Text.Json;
using JobServer.Data;
using JobServer.Domain.Audit;

namespace JobServer.Portal.Audit;

/// <summary>Rows of the audit log in words.</summary>
internal static class AuditWords
{
    /// <summary>Such as <c>Membership changed</c>.</summary>
    public static string Of(AuditAct act)
    {
        var words = SnakeCase.Of(act).Replace('_', ' ');
        return char.ToUpperInvariant(words[0]) + words[1..];
    }

    /// <summary>Such as <c>project 12</c>.</summary>
    public static string OfSubject(string subject) => subject.Replace('_', ' ').Replace(':', ' ');

    /// <summary>What the act was about, name by name; empty where nothing more is known.</summary>
    public static IReadOnlyList<(string Name, string Value)> OfDetails(string details)
    {
        try
        {
            using var parsed = JsonDocument.Parse(details);
            return parsed.RootElement.ValueKind == JsonValueKind.Object
                ? [.. parsed.RootElement.EnumerateObject().Select(property => (Spaced(property.Name), Text(property.Value)))]
                : [];
        }
        catch (JsonException)
        {
            // Somebody altered the row: the page shows what is there.
            return [("Unreadable", details)];
        }
    }

    private static string Spaced(string name) =>
        string.Concat(name.Select((letter, at) => char.IsUpper(letter) && at > 0 ? $" {char.ToLower(letter, CultureInfo.InvariantCulture)}" : $"{letter}"));

    private static string Text(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Null => "–",
        JsonValueKind.True => "yes",
        JsonValueKind.False => "no",
        JsonValueKind.String => value.GetString()!,
        JsonValueKind.Array => string.Join(", ", value.EnumerateArray().Select(Text)),
        JsonValueKind.Object => string.Join("; ", value.EnumerateObject().Select(property => $"{Spaced(property.Name)}: {Text(property.Value)}")),
        _ => value.GetRawText(),
    };
}
