using Google.Protobuf;
using JobServer.Contracts.V1;
using JobServer.RunnerAgent.Logs;
using JobServer.Simulation.Tests.Cluster.Checks;
using JobServer.Simulation.Tests.Cluster.Engine;
using JobServer.Simulation.Tests.Cluster.Nodes;

namespace JobServer.Simulation.Tests.Cluster.Network;

/// <summary>The agent's end of log streams.</summary>
internal sealed class SimLogLinks(SimNetwork network, SimAgent agent, SimProcess process, Observer observer) : ILogLinks
{
    public async Task UseAsync(Func<LogLink, Task> use)
    {
        var line = await network.DialLogAsync(process);

        // What the network said twice is answered twice; the second answer is not the agent's.
        var isEcho = new Queue<bool>();
        var isCancelled = false;
        var isFirst = true;
        try
        {
            await use(new LogLink { Read = ReadAsync, Write = WriteAsync });
            line.LeaveAtAgent(cleanly: !isCancelled && process.Simulator.Chance(0.5));
        }
        catch
        {
            line.LeaveAtAgent(cleanly: false);
            throw;
        }

        async Task<LogReply?> ReadAsync(CancellationToken cancellationToken)
        {
            try
            {
                LogReply? reply;
                do
                {
                    reply = await line.Down.ReadAsync(cancellationToken);
                }
                while (reply is not null && isEcho.TryDequeue(out var echo) && echo);

                return reply;
            }
            catch (OperationCanceledException)
            {
                isCancelled = true;
                throw;
            }
        }

        async Task WriteAsync(LogFrame frame, CancellationToken cancellationToken)
        {
            observer.LogSaid(agent, frame);
            await line.Up.SendAsync(Damaged(frame.Clone()), cancellationToken);
            if (isFirst)
            {
                isFirst = false;
                return;
            }

            isEcho.Enqueue(false);
            if (process.Simulator.Chance(network.Echoes) && agent.LogFrames.Count > 0)
            {
                await line.Up.SendAsync(agent.LogFrames[process.Simulator.Random.Next(agent.LogFrames.Count)].Clone(), cancellationToken);
                isEcho.Enqueue(true);
            }

            agent.Remember(frame);
        }
    }

    private LogFrame Damaged(LogFrame frame)
    {
        if (frame.Chunk is { } chunk && process.Simulator.Chance(network.ChunksDamaged))
        {
            var bytes = chunk.Data.ToByteArray();
            bytes[process.Simulator.Random.Next(bytes.Length)] ^= 1;
            chunk.Data = ByteString.CopyFrom(bytes);
        }

        return frame;
    }
}
