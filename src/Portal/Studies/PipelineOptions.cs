using JobServer.Domain.Pipelines;

namespace JobServer.Portal.Studies;

/// <summary>How studies' pipelines are read: section <c>Portal:Pipelines</c>.</summary>
public sealed class PipelineOptions
{
    public const string Section = "Portal:Pipelines";

    public PipelineDialect Dialect { get; set; } = PipelineDialect.Medicia;
}
