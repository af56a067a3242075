using System.CommandLine.Parsing;
using System.Globalization;

namespace JobServer.Coordinator.Commands;

/// <summary>Reads a number with a unit: <c>90s</c>, <c>30m</c>, <c>2h</c>, <c>1d</c>.</summary>
internal static class Duration
{
    private static readonly TimeSpan Longest = TimeSpan.FromDays(30);

    public static TimeSpan? Parse(ArgumentResult argument)
    {
        var text = argument.Tokens is [var token] ? token.Value : "";
        if (Read(text) is { } time)
        {
            return time;
        }

        argument.AddError($"'{text}' is no duration of at most {Longest.TotalDays:0} days. Write a number and a unit, such as 90s, 30m, 2h or 1d.");
        return null;
    }

    public static TimeSpan? Read(string text)
    {
        if (text is not [.. { Length: > 0 and <= 9 } digits, var unit] || !int.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out var number))
        {
            return null;
        }

        TimeSpan? one = unit switch
        {
            's' => TimeSpan.FromSeconds(1),
            'm' => TimeSpan.FromMinutes(1),
            'h' => TimeSpan.FromHours(1),
            'd' => TimeSpan.FromDays(1),
            _ => null,
        };
        return one * number is { } time && time <= Longest ? time : null;
    }
}
