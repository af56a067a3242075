using JobServer.Contracts.V1;
using JobServer.Simulation.Tests.Cluster.Engine;

namespace JobServer.Simulation.Tests.Cluster.Network;

/// <summary>A stream of logs, on the data connection.</summary>
internal sealed class SimLogLine(SimProcess agent, SimProcess coordinator, Func<TimeSpan> delay)
    : SimStream<LogFrame, LogReply>(agent, coordinator, delay);
