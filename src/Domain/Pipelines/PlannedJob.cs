namespace JobServer.Domain.Pipelines;

/// <summary>A job to make.</summary>
/// <param name="Action">The action it runs.</param>
/// <param name="WaitsFor">Jobs that must succeed before it starts; a subset of <paramref name="InputsFrom"/>.</param>
/// <param name="InputsFrom">Jobs whose outputs it gets, in the order of `needs`, each once.</param>
public sealed record PlannedJob(
    PipelineAction Action,
    IReadOnlyList<JobReference> WaitsFor,
    IReadOnlyList<JobReference> InputsFrom);
