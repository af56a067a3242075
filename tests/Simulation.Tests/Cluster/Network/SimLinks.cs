using JobServer.Contracts.V1;
using JobServer.RunnerAgent.Connection;
using JobServer.Simulation.Tests.Cluster.Checks;
using JobServer.Simulation.Tests.Cluster.Engine;
using JobServer.Simulation.Tests.Cluster.Nodes;

namespace JobServer.Simulation.Tests.Cluster.Network;

/// <summary>The agent's end of the simulated lines.</summary>
internal sealed class SimLinks(SimNetwork network, SimAgent agent, SimProcess process, Observer observer) : ISessionLinks
{
    public async Task<T> UseAsync<T>(Func<SessionLink, Task<T>> use)
    {
        var connection = await network.DialAsync(agent, process);
        var isAborted = false;
        try
        {
            var result = await use(new SessionLink { Read = ReadAsync, Write = WriteAsync });
            connection.LeaveAtAgent(cleanly: !isAborted && process.Simulator.Chance(0.5));
            return result;
        }
        catch
        {
            connection.LeaveAtAgent(cleanly: false);
            throw;
        }

        async Task<CoordinatorFrame?> ReadAsync(CancellationToken cancellationToken)
        {
            try
            {
                var frame = await connection.Down.ReadAsync(cancellationToken);
                observer.AgentHeard(agent, frame);
                return frame;
            }
            catch (OperationCanceledException)
            {
                // As gRPC does it: who cancels a read cancels the call.
                isAborted = true;
                throw;
            }
        }

        Task WriteAsync(AgentFrame frame, CancellationToken cancellationToken)
        {
            var copy = frame.Clone();
            observer.AgentSays(agent, copy);
            var sent = connection.Up.SendAsync(copy, cancellationToken);
            if (copy.Hello is null && process.Simulator.Chance(network.Echoes) && agent.Reports.Count > 0)
            {
                var echo = agent.Reports[process.Simulator.Random.Next(agent.Reports.Count)].Clone();
                echo.SessionEpoch = copy.SessionEpoch;
                observer.AgentSays(agent, echo);
                _ = connection.Up.SendAsync(echo, cancellationToken);
            }

            if (copy.Status is not null)
            {
                agent.Reports.Add(copy);
            }

            return sent;
        }
    }
}
