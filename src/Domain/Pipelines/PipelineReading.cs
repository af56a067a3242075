namespace JobServer.Domain.Pipelines;

/// <summary>What came of reading a project.yaml.</summary>
public sealed record PipelineReading
{
    /// <summary>The pipeline, or null when there is any error.</summary>
    public required Pipeline? Pipeline { get; init; }

    /// <summary>The pipeline also when needs that go in a circle (N04) are its only errors: for drawing it and for
    /// asking what would be planned, never for running it.</summary>
    public required Pipeline? Drawable { get; init; }

    /// <summary>Errors and warnings in the order of the file.</summary>
    public required IReadOnlyList<PipelineProblem> Problems { get; init; }

    public bool IsValid => Pipeline is not null;

    public IEnumerable<PipelineProblem> Errors => Problems.Where(p => p.Severity == ProblemSeverity.Error);

    public IEnumerable<PipelineProblem> Warnings => Problems.Where(p => p.Severity == ProblemSeverity.Warning);
}
