namespace JobServer.RunnerAgent;

/// <summary>All randomness of the agent, so that one seed can replay it.</summary>
internal interface IAgentRandom
{
    /// <summary>From 0 up to 1, without 1.</summary>
    double NextDouble();

    /// <summary>26 characters, lower case; unique for all practical purposes.</summary>
    string NewId();
}
