namespace JobServer.Simulation.Tests.Cluster.Engine;

public sealed class SimulatorTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    [Fact]
    public void A_continuation_that_leaves_the_scheduler_is_a_violation_that_names_its_process_and_its_await()
    {
        using var hold = new ManualResetEventSlim();
        var simulator = new Simulator(1, new Trace(keep: false));
        simulator.Start(simulator.Process("C1"), () => LeaveAsync(hold));
        simulator.RunUntil(TimeSpan.FromSeconds(1), () => false);

        hold.Set();

        Assert.True(SpinWait.SpinUntil(() => simulator.Violation is not null, Patience));
        Assert.Equal("One thread", simulator.Violation!.Invariant);
        Assert.Contains("C1 went on in", simulator.Violation.What, StringComparison.Ordinal);
        Assert.Contains(nameof(LeaveAsync), simulator.Violation.What, StringComparison.Ordinal);
    }

    private static async Task LeaveAsync(ManualResetEventSlim hold) => await Task.Run(() => hold.Wait(Patience));
}
