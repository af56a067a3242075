namespace JobServer.Domain.Jobs;

/// <summary>The four states a researcher sees. The last two are terminal and never change.</summary>
public enum JobState
{
    Pending,
    Running,
    Succeeded,
    Failed,
}
