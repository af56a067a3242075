using System.Text.Json;

namespace JobServer.Domain.Applications.Forms;

/// <summary>Answers by the name of their field. A field without an answer has the empty one.</summary>
public sealed class Answers
{
    public const string Yes = "yes";
    public const string No = "no";

    /// <summary>Between the choices of one field.</summary>
    private const char Separator = '\n';

    private readonly SortedDictionary<string, string> _values = new(StringComparer.Ordinal);

    public Answers(IEnumerable<KeyValuePair<string, string>> values)
    {
        foreach (var (name, value) in values.Where(pair => pair.Value.Length > 0))
        {
            _values[name] = value;
        }
    }

    public static Answers None { get; } = new([]);

    public string this[string name] => _values.GetValueOrDefault(name, "");

    /// <summary>Answers as they were stored; what is not a text is left out.</summary>
    /// <exception cref="JsonException">It is no JSON object.</exception>
    public static Answers Read(string json)
    {
        using var document = JsonDocument.Parse(json);
        return document.RootElement.ValueKind == JsonValueKind.Object
            ? new(document.RootElement.EnumerateObject()
                .Where(property => property.Value.ValueKind == JsonValueKind.String)
                .Select(property => KeyValuePair.Create(property.Name, property.Value.GetString()!)))
            : throw new JsonException("Answers are not a JSON object.");
    }

    /// <summary>The choices of one answer.</summary>
    public static IReadOnlyList<string> Choices(string answer) => answer.Split(Separator, StringSplitOptions.RemoveEmptyEntries);

    public static string OfChoices(IEnumerable<string> choices) => string.Join(Separator, choices);

    public bool Chose(string name, string choice) => Choices(this[name]).Contains(choice, StringComparer.Ordinal);

    public Answers Without(string name) => new(_values.Where(pair => pair.Key != name));

    /// <summary>A JSON object; the same answers always make the same text.</summary>
    public string ToJson() => JsonSerializer.Serialize(_values);
}
