namespace JobServer.Domain.Pipelines;

/// <summary>One entry under `outputs`: files that match <paramref name="Pattern"/> (only `*` is special, and it
/// does not cross `/`) are kept at <paramref name="Level"/>.</summary>
public sealed record PipelineOutput(PrivacyLevel Level, string Id, string Pattern);
