using JobServer.Contracts.V1;
using JobServer.Simulation.Tests.Cluster.Engine;

namespace JobServer.Simulation.Tests.Cluster.Network;

/// <summary>A control stream.</summary>
internal sealed class SimConnection(SimProcess agent, SimProcess coordinator, Func<TimeSpan> delay)
    : SimStream<AgentFrame, CoordinatorFrame>(agent, coordinator, delay);
