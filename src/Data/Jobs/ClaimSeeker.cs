namespace JobServer.Data.Jobs;

/// <summary>An agent that may take something: what it asked, its room, and what of it is free now.</summary>
internal sealed record ClaimSeeker(ClaimAsk Ask, ClaimRoom Room, ClaimLimits Free);
