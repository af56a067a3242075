namespace JobServer.Domain.Pipelines.Yaml;

/// <summary>A list or mapping with a tag of its own (`!something`): valid YAML that fits no rule.</summary>
internal sealed class YamlTagged(int line, int column, string tag) : YamlNode(line, column)
{
    public override string Kind => "a value with the tag " + Quoted.Text(tag);
}
