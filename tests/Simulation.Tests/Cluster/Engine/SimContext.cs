namespace JobServer.Simulation.Tests.Cluster.Engine;

/// <summary>
/// Brings continuations back to the scheduler. There is a new one for each step: a continuation is run inline only when
/// its context is the current one, so whatever awaits across steps takes its turn by chance.
/// </summary>
internal sealed class SimContext(SimProcess process) : SynchronizationContext
{
    public override void Post(SendOrPostCallback d, object? state) => process.Simulator.Post(process, d, state);

    public override void Send(SendOrPostCallback d, object? state) => throw new NotSupportedException("One thread cannot wait for itself.");

    public override SynchronizationContext CreateCopy() => this;
}
