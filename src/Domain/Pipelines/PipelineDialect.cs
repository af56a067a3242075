namespace JobServer.Domain.Pipelines;

/// <summary>Which rules a project.yaml is held to; one setting for a whole site.</summary>
public enum PipelineDialect
{
    /// <summary>The rules of 2022, with `expectations` optional and any file extension.</summary>
    Medicia,

    /// <summary>The rules of 2026.</summary>
    Opensafely,
}
