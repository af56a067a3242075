namespace JobServer.Domain.Pipelines.Yaml;

internal enum YamlScalarKind
{
    Text,
    Null,
    Boolean,
    Integer,
    Real,
    Date,

    /// <summary>It has a tag of its own.</summary>
    Tagged,
}
