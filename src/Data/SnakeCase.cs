using System.Collections.Frozen;
using System.Text.Json;

namespace JobServer.Data;

/// <summary>The written form of an enum member: <c>NonzeroExit</c> is <c>nonzero_exit</c>. In rows, in the API and on pages.</summary>
public static class SnakeCase
{
    public static string Of<TEnum>(TEnum value)
        where TEnum : struct, Enum => Names<TEnum>.Written[value];

    /// <exception cref="InvalidOperationException">The text names no member: the row is newer than this program.</exception>
    public static TEnum Parse<TEnum>(string written)
        where TEnum : struct, Enum => Names<TEnum>.Values.TryGetValue(written, out var value)
            ? value
            : throw new InvalidOperationException($"'{written}' is no {typeof(TEnum).Name}; was the database written by a newer version?");

    private static class Names<TEnum>
        where TEnum : struct, Enum
    {
        public static readonly FrozenDictionary<TEnum, string> Written =
            Enum.GetValues<TEnum>().ToFrozenDictionary(value => value, value => JsonNamingPolicy.SnakeCaseLower.ConvertName(value.ToString()));

        public static readonly FrozenDictionary<string, TEnum> Values =
            Written.ToFrozenDictionary(pair => pair.Value, pair => pair.Key);
    }
}
