namespace JobServer.Coordinator.Agents;

internal static class AgentModes
{
    public static Contracts.V1.AgentMode Of(Domain.Agents.AgentMode mode) => mode switch
    {
        Domain.Agents.AgentMode.Active => Contracts.V1.AgentMode.Active,
        Domain.Agents.AgentMode.Paused or Domain.Agents.AgentMode.Revoked => Contracts.V1.AgentMode.Paused,
        Domain.Agents.AgentMode.Draining or Domain.Agents.AgentMode.Drained => Contracts.V1.AgentMode.Draining,
    };
}
