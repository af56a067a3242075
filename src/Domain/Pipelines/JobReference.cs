namespace JobServer.Domain.Pipelines;

/// <summary>The job that a planned job needs: one of the same plan, or one that the workspace already has.</summary>
/// <param name="Action">The action of the job, either way.</param>
/// <param name="ExistingJobId">Null when the job is planned in the same plan.</param>
public sealed record JobReference(string Action, string? ExistingJobId)
{
    public bool IsPlanned => ExistingJobId is null;
}
