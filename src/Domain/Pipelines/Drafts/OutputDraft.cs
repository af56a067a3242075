using JobServer.Domain.Pipelines.Yaml;

namespace JobServer.Domain.Pipelines.Drafts;

/// <summary>An output whose path is text.</summary>
internal sealed record OutputDraft(PrivacyLevel Level, string Id, string Pattern, YamlNode At);
