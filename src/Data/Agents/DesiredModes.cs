using JobServer.Domain.Agents;
using JobServer.Domain.Backends;

namespace JobServer.Data.Agents;

/// <summary>What an agent is told: its own mode, unless its backend's asks for more restraint.</summary>
public static class DesiredModes
{
    public static AgentMode Of(AgentMode agent, BackendMode backend) => (agent, backend) switch
    {
        (AgentMode.Active, BackendMode.Paused) => AgentMode.Paused,
        (AgentMode.Active or AgentMode.Paused, BackendMode.Draining) => AgentMode.Draining,
        _ => agent,
    };
}
