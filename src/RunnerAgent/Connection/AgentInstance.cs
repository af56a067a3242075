namespace JobServer.RunnerAgent.Connection;

/// <summary>This process: a new name at each start tells a restart from a reconnect.</summary>
internal sealed class AgentInstance(IAgentRandom random)
{
    public string Id { get; } = random.NewId();
}
