using JobServer.Domain.Pipelines.Yaml;

namespace JobServer.Domain.Pipelines.Drafts;

/// <summary>A known privacy level that has a value.</summary>
internal sealed record LevelDraft(PrivacyLevel Level, YamlScalar Key, YamlNode Value);
