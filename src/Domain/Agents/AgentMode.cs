namespace JobServer.Domain.Agents;

public enum AgentMode
{
    Active,
    Paused,
    Draining,
    Drained,
    Revoked,
}
