namespace JobServer.Domain.Pipelines.Yaml;

/// <summary>What a plain scalar is under YAML 1.2, where `yes` and `no` are text.</summary>
internal static class YamlScalarTypes
{
    public static YamlScalarKind Of(string text)
    {
        if (text.Length == 0) return YamlScalarKind.Null;
        switch (text[0])
        {
            case '~':
                return text.Length == 1 ? YamlScalarKind.Null : YamlScalarKind.Text;
            case 'n' or 'N':
                return text is "null" or "Null" or "NULL" ? YamlScalarKind.Null : YamlScalarKind.Text;
            case 't' or 'T' or 'f' or 'F':
                return text is "true" or "True" or "TRUE" or "false" or "False" or "FALSE"
                    ? YamlScalarKind.Boolean
                    : YamlScalarKind.Text;
            case '+' or '-' or '.' or (>= '0' and <= '9'):
                if (YamlNumbers.IsInteger(text)) return YamlScalarKind.Integer;
                if (YamlNumbers.IsReal(text)) return YamlScalarKind.Real;
                return YamlDates.IsDate(text) ? YamlScalarKind.Date : YamlScalarKind.Text;
            default:
                return YamlScalarKind.Text;
        }
    }
}
