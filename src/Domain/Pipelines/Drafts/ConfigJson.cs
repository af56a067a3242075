using System.Globalization;
using System.Text;
using JobServer.Domain.Pipelines.Yaml;

namespace JobServer.Domain.Pipelines.Drafts;

/// <summary>`config` as the argument that actions have always been given: JSON with a blank after each comma and
/// colon, ASCII only, and no single quote in it.</summary>
internal static class ConfigJson
{
    public static string Write(YamlMap config)
    {
        var json = new StringBuilder();
        Append(json, config);
        return json.ToString();
    }

    private static void Append(StringBuilder json, YamlNode node)
    {
        switch (node)
        {
            case YamlMap map:
                json.Append('{');
                for (var i = 0; i < map.Entries.Count; i++)
                {
                    if (i > 0) json.Append(", ");
                    AppendText(json, KeyText(map.Entries[i].Key));
                    json.Append(": ");
                    Append(json, map.Entries[i].Value);
                }

                json.Append('}');
                break;
            case YamlList list:
                json.Append('[');
                for (var i = 0; i < list.Items.Count; i++)
                {
                    if (i > 0) json.Append(", ");
                    Append(json, list.Items[i]);
                }

                json.Append(']');
                break;
            case YamlScalar { ScalarKind: YamlScalarKind.Text or YamlScalarKind.Date or YamlScalarKind.Tagged } text:
                AppendText(json, text.Text);
                break;
            case YamlScalar plain:
                json.Append(PlainText(plain));
                break;
            default:
                json.Append("null");
                break;
        }
    }

    private static string KeyText(YamlScalar key) =>
        key.ScalarKind is YamlScalarKind.Text or YamlScalarKind.Date or YamlScalarKind.Tagged ? key.Text : PlainText(key);

    private static string PlainText(YamlScalar scalar) => scalar.ScalarKind switch
    {
        YamlScalarKind.Boolean => scalar.Text[0] is 't' or 'T' ? "true" : "false",
        YamlScalarKind.Integer => YamlNumbers.Decimal(scalar.Text),
        YamlScalarKind.Real => Real(YamlNumbers.Value(scalar)),
        _ => "null",
    };

    /// <summary>The shortest digits that give the number back; powers of ten from 1e16 up and below 1e-4 as `1e+16`.</summary>
    private static string Real(double value)
    {
        if (double.IsNaN(value)) return "NaN";
        if (double.IsInfinity(value)) return value > 0 ? "Infinity" : "-Infinity";
        if (value == 0) return double.IsNegative(value) ? "-0.0" : "0.0";

        var shortest = value.ToString("R", CultureInfo.InvariantCulture).TrimStart('-').Split('E');
        var mantissa = shortest[0];
        var point = mantissa.IndexOf('.', StringComparison.Ordinal);
        int exponent;
        if (shortest.Length > 1) exponent = int.Parse(shortest[1], NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture);
        else if (mantissa[0] != '0') exponent = (point < 0 ? mantissa.Length : point) - 1;
        else exponent = -(mantissa.AsSpan(point + 1).IndexOfAnyExcept('0') + 1);
        var digits = mantissa.Replace(".", "", StringComparison.Ordinal).TrimStart('0').TrimEnd('0');
        var sign = value < 0 ? "-" : "";
        if (exponent is < -4 or >= 16)
        {
            var tail = digits.Length > 1 ? "." + digits[1..] : "";
            return $"{sign}{digits[0]}{tail}e{(exponent < 0 ? '-' : '+')}{Math.Abs(exponent):00}";
        }

        if (exponent < 0) return $"{sign}0.{new string('0', -exponent - 1)}{digits}";
        if (digits.Length <= exponent + 1) return $"{sign}{digits.PadRight(exponent + 1, '0')}.0";
        return $"{sign}{digits[..(exponent + 1)]}.{digits[(exponent + 1)..]}";
    }

    private static void AppendText(StringBuilder json, string text)
    {
        json.Append('"');
        foreach (var c in text)
        {
            switch (c)
            {
                case '"':
                    json.Append("\\\"");
                    break;
                case '\\':
                    json.Append("\\\\");
                    break;
                case '\n':
                    json.Append("\\n");
                    break;
                case '\r':
                    json.Append("\\r");
                    break;
                case '\t':
                    json.Append("\\t");
                    break;
                case '\b':
                    json.Append("\\b");
                    break;
                case '\f':
                    json.Append("\\f");
                    break;
                case '\'' or < ' ' or > '~':
                    json.Append("\\u").Append(((int)c).ToString("x4", CultureInfo.InvariantCulture));
                    break;
                default:
                    json.Append(c);
                    break;
            }
        }

        json.Append('"');
    }
}
