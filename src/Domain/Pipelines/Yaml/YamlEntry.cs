namespace JobServer.Domain.Pipelines.Yaml;

internal sealed record YamlEntry(YamlScalar Key, YamlNode Value);
