using System.Globalization;
using System.Numerics;

namespace JobServer.Domain.Pipelines.Yaml;

/// <summary>The numbers of YAML 1.2 with the underscores that readers of this format have always allowed.</summary>
internal static class YamlNumbers
{
    /// <summary>Digits beyond this are not a number anybody meant; converting them costs more than linear time.</summary>
    private const int MostDigits = 4300;

    public static bool IsInteger(ReadOnlySpan<char> text)
    {
        var body = Unsigned(text);
        if (body.Length is 0 or > MostDigits) return false;
        if (body.StartsWith("0b", StringComparison.Ordinal)) return Consists(body[2..], "01_");
        if (body.StartsWith("0o", StringComparison.Ordinal)) return Consists(body[2..], "01234567_");
        if (body.StartsWith("0x", StringComparison.Ordinal)) return Consists(body[2..], "0123456789abcdefABCDEF_");
        return body[0] != '_' && Consists(body, "0123456789_");
    }

    public static bool IsReal(ReadOnlySpan<char> text)
    {
        var body = Unsigned(text);
        if (body is ".inf" or ".Inf" or ".INF") return true;
        if (text is ".nan" or ".NaN" or ".NAN") return true;
        if (body.Length is 0 or > MostDigits) return false;
        var whole = Run(body, "0123456789_");
        if (whole > 0 && body[0] == '_') return false;
        var rest = body[whole..];
        var hasPoint = rest.Length > 0 && rest[0] == '.';
        var fraction = 0;
        if (hasPoint)
        {
            fraction = Run(rest[1..], "0123456789_");
            rest = rest[(1 + fraction)..];
        }

        if (whole == 0 && fraction == 0) return false;
        if (rest.IsEmpty) return hasPoint;
        if (rest[0] is not ('e' or 'E')) return false;
        var exponent = Unsigned(rest[1..]);
        return exponent.Length > 0 && Consists(exponent, "0123456789");
    }

    /// <summary>An integer as plain decimal digits.</summary>
    public static string Decimal(string integer)
    {
        var negative = integer[0] == '-';
        var digits = Unsigned(integer).ToString().Replace("_", "", StringComparison.Ordinal);
        if (digits.Length > 2 && char.IsAsciiLetter(digits[1]))
        {
            var bitsPerDigit = digits[1] switch { 'b' => 1, 'o' => 3, _ => 4 };
            var value = BigInteger.Zero;
            foreach (var c in digits.AsSpan(2)) value = (value << bitsPerDigit) + Convert.ToInt32(c.ToString(), 16);
            digits = value.ToString(CultureInfo.InvariantCulture);
        }

        digits = digits.TrimStart('0');
        if (digits.Length == 0) return "0";
        return negative ? "-" + digits : digits;
    }

    /// <summary>The value of an integer or real scalar; infinite when it is out of range.</summary>
    public static double Value(YamlScalar number)
    {
        var text = number.ScalarKind == YamlScalarKind.Integer
            ? Decimal(number.Text)
            : number.Text.Replace("_", "", StringComparison.Ordinal);
        return Unsigned(text) switch
        {
            ".inf" or ".Inf" or ".INF" => text[0] == '-' ? double.NegativeInfinity : double.PositiveInfinity,
            ".nan" or ".NaN" or ".NAN" => double.NaN,
            _ => double.Parse(text, NumberStyles.Float, CultureInfo.InvariantCulture),
        };
    }

    private static ReadOnlySpan<char> Unsigned(ReadOnlySpan<char> text) =>
        text.Length > 0 && text[0] is '+' or '-' ? text[1..] : text;

    private static bool Consists(ReadOnlySpan<char> text, string of) => text.Length > 0 && text.IndexOfAnyExcept(of) < 0;

    private static int Run(ReadOnlySpan<char> text, string of)
    {
        var end = text.IndexOfAnyExcept(of);
        return end < 0 ? text.Length : end;
    }
}
