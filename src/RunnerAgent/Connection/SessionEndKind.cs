namespace JobServer.RunnerAgent.Connection;

internal enum SessionEndKind
{
    /// <summary>The stream ended or broke.</summary>
    LinkLost,

    /// <summary>No frame for the silence timeout.</summary>
    Silent,

    /// <summary>The Coordinator asked to come back later.</summary>
    GoAway,

    /// <summary>The Coordinator did not take the Hello.</summary>
    Refused,

    /// <summary>The token is wrong or revoked.</summary>
    NotAuthenticated,

    /// <summary>The agent was revoked.</summary>
    Revoked,

    /// <summary>This agent is stopping.</summary>
    Stopping,
}
