using JobServer.Contracts.V1;
using JobServer.RunnerAgent.Execution;
using JobServer.Simulation.Tests.Cluster.Checks;
using JobServer.Simulation.Tests.Cluster.Engine;

namespace JobServer.Simulation.Tests.Cluster.Nodes;

/// <summary>One start's view of the machine's sandboxes.</summary>
internal sealed class SimSandbox(SimMachine machine, SimProcess process, SimAgent agent, Observer observer) : ISandbox
{
    public Task<string?> CheckAsync(CancellationToken cancellationToken) => Task.FromResult<string?>(null);

    public Task StartAsync(SandboxRequest request, CancellationToken cancellationToken)
    {
        process.Guard();
        var name = Path.GetFileName(request.Directory.Root);
        var dash = name.LastIndexOf('-');
        observer.Started(agent, name[..dash], long.Parse(name[(dash + 1)..]));
        machine.Start(request.Directory);
        return Task.CompletedTask;
    }

    public SandboxProbe Probe(AttemptDirectory directory)
    {
        process.Guard();
        return machine.Probe(Path.GetFileName(directory.Root));
    }

    public bool GiveUp(AttemptDirectory directory)
    {
        process.Guard();
        return machine.GiveUp(Path.GetFileName(directory.Root));
    }

    public bool Stop(AttemptDirectory directory, bool force)
    {
        process.Guard();
        return machine.Stop(Path.GetFileName(directory.Root), force);
    }

    public void Hand(AttemptDirectory directory)
    {
    }
}
