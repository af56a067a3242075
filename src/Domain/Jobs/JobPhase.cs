namespace JobServer.Domain.Jobs;

/// <summary>The states that rules speak of. <see cref="JobState.Pending"/> covers the first two.</summary>
public enum JobPhase
{
    Queued,
    Leased,
    Running,
    Ended,
}
