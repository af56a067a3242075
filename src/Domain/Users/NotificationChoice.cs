namespace JobServer.Domain.Users;

/// <summary>How many messages a person gets of what they run.</summary>
public enum NotificationChoice
{
    /// <summary>One when each job ends.</summary>
    EachJob,

    /// <summary>One when all jobs of a request have ended.</summary>
    EachRequest,
}
