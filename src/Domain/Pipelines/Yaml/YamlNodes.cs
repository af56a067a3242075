using System.Diagnostics.CodeAnalysis;

namespace JobServer.Domain.Pipelines.Yaml;

internal static class YamlNodes
{
    /// <summary>Not there at all, or there without a value.</summary>
    public static bool IsAbsent([NotNullWhen(false)] this YamlNode? node) =>
        node is null or YamlScalar { ScalarKind: YamlScalarKind.Null };

    /// <summary>It has a tag of its own; one rule tells that, the others pass over it.</summary>
    public static bool HasForeignTag(this YamlNode? node) =>
        node is YamlTagged or YamlScalar { ScalarKind: YamlScalarKind.Tagged };

    public static bool IsText(this YamlNode? node, [NotNullWhen(true)] out string? text)
    {
        text = node is YamlScalar { IsText: true } scalar ? scalar.Text : null;
        return text is not null;
    }

    /// <summary>What the author wrote, for a message: the text of a scalar, or the kind of anything else.</summary>
    public static string Shown(this YamlNode node) =>
        node is YamlScalar { ScalarKind: not YamlScalarKind.Null } scalar ? Quoted.Text(scalar.Text) : node.Kind;
}
