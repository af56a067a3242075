using System.Text.Json.Serialization;

namespace JobServer.Outputs.Disclosure;

/// <summary>
/// One thing that a rule found. It names the place and never repeats what stands there: findings travel further than the
/// numbers that they are about.
/// </summary>
public sealed record Finding
{
    public const int MessageMaxLength = 300;

    /// <summary>The rule's identifier, such as <c>N1</c>.</summary>
    public required string Rule { get; init; }

    public required Severity Severity { get; init; }

    /// <summary>From 1; of a table the header is row 1, of a text the first line. Null where the whole file or column is meant.</summary>
    public int? Row { get; init; }

    /// <summary>From 1; null where the whole file or row is meant.</summary>
    public int? Column { get; init; }

    public required string Message { get; init; }

    /// <summary>For people, such as <c>row 3, column 2</c>; empty for the whole file.</summary>
    [JsonIgnore]
    public string Place => (Row, Column) switch
    {
        ({ } row, { } column) => $"row {row}, column {column}",
        ({ } row, null) => $"row {row}",
        (null, { } column) => $"column {column}",
        _ => "",
    };
}
