using JobServer.Domain.Pipelines.Yaml;

namespace JobServer.Domain.Pipelines.Drafts;

internal sealed record NeedDraft(string Name, YamlNode At);
