namespace JobServer.Data.Jobs;

/// <summary>Why a piece of a log is not taken.</summary>
public enum LogRefusal
{
    None,

    /// <summary>It leaves a hole.</summary>
    Offset,

    /// <summary>The backend's policy keeps logs at the site.</summary>
    Policy,

    /// <summary>The attempt is not the agent's, or no longer the newest of its job.</summary>
    NotHeld,

    /// <summary>The session is not the agent's newest.</summary>
    Session,

    /// <summary>The job ended too long ago.</summary>
    TooLate,

    TooLarge,

    /// <summary>Not now: somebody else writes, or the file cannot be written.</summary>
    Later,

    Malformed,
}
