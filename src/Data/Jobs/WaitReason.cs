namespace JobServer.Data.Jobs;

/// <summary>Why a job that no agent has does not start.</summary>
public enum WaitReason
{
    Dependencies,
    BackendPaused,
    BackendDraining,
    DatabaseMaintenance,
    NotBefore,
    NoAgentConnected,

    /// <summary>Agents are connected, and none of them takes new jobs.</summary>
    NoAgentTakesJobs,

    /// <summary>It needs more slots than any agent has: it waits until an administrator changes something.</summary>
    TooHeavy,
    InQueue,
}
