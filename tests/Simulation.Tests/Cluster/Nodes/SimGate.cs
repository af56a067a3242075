using JobServer.Data.Writing;
using JobServer.Simulation.Tests.Cluster.Checks;
using JobServer.Simulation.Tests.Cluster.Engine;
using JobServer.Simulation.Tests.Cluster.Faults;

namespace JobServer.Simulation.Tests.Cluster.Nodes;

/// <summary>
/// A process's way to the one database. A transaction is one step of the simulation; before and after it anything may
/// happen: other steps, an error that says nothing about whether it was committed, the end of the process.
/// </summary>
internal sealed class SimGate(SimProcess process, Weather weather, Observer observer, Action die) : IWriteGate
{
    public async ValueTask<IDisposable> EnterAsync(CancellationToken cancellationToken)
    {
        process.Guard();
        var simulator = process.Simulator;
        await process.DelayAsync(weather.WriteDelay(simulator), cancellationToken);
        process.Guard();
        if (simulator.Chance(weather.CrashAtCommit / 2) || weather.Points?.IsHere() == true)
        {
            Crash("before a commit");
        }

        if (weather.Fails(simulator))
        {
            throw new TimeoutException("The database did not answer.");
        }

        return new Turn(Leave);
    }

    private void Leave()
    {
        observer.Committed(process);
        if (process.Simulator.Chance(weather.CrashAtCommit / 2) || weather.Points?.IsHere() == true)
        {
            Crash("after a commit");
        }

        if (process.Simulator.Chance(weather.WriteFails / 2))
        {
            throw new TimeoutException("The database did not answer; nobody knows whether it has committed.");
        }
    }

    private void Crash(string when)
    {
        process.Simulator.Trace.Add(process.Simulator.Now, process.Name, $"crashes {when}");
        die();
        throw new ProcessCrashedException(process.Name);
    }

    private sealed class Turn(Action leave) : IDisposable
    {
        public void Dispose() => leave();
    }
}
