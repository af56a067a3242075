namespace JobServer.Domain.Pipelines.Yaml;

internal sealed class YamlScalar(int line, int column, string text, YamlScalarKind kind) : YamlNode(line, column)
{
    /// <summary>As written, without quotes and with folded lines joined.</summary>
    public string Text { get; } = text;

    public YamlScalarKind ScalarKind { get; } = kind;

    /// <summary>Written without quotes.</summary>
    public bool IsPlain { get; init; }

    public bool IsText => ScalarKind == YamlScalarKind.Text;

    /// <summary>The text as a name: whole numbers in their shortest decimal form, so that 2020 and "2020" are one name.</summary>
    public string Name => ScalarKind == YamlScalarKind.Integer ? YamlNumbers.Decimal(Text) : Text;

    public override string Kind => ScalarKind switch
    {
        YamlScalarKind.Text => "text",
        YamlScalarKind.Null => "empty",
        YamlScalarKind.Boolean => "true or false",
        YamlScalarKind.Integer or YamlScalarKind.Real => "a number",
        YamlScalarKind.Date => "a date",
        YamlScalarKind.Tagged => "a value with a tag",
    };
}
