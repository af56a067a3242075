using JobServer.Simulation.Tests.Cluster.Faults;
using JobServer.Simulation.Tests.Cluster.Flows;
using Xunit.Abstractions;

namespace JobServer.Simulation.Tests.Cluster;

[Collection("Clusters")]
[Trait("Category", "Cluster")]
public sealed class CrashPointTests(ITestOutputHelper output)
{
    private const int Seed = 1;

    private static bool IsThorough => Environment.GetEnvironmentVariable("CI") == "true";

    private static readonly IReadOnlyList<Func<Flow>> Flows = [() => new OutputsFlow(), () => new CancelFlow(), () => new DrainFlow(), () => new RestartFlow()];

    /// <summary>
    /// Each flow is played once to count its writes and flushes of the journal and its commits; then once more for each of
    /// them with the process killed there, half of the time with its machine. Every second of them, unless CI=true.
    /// </summary>
    [Fact]
    public void A_crash_at_any_write_flush_or_commit_is_recovered_from()
    {
        var plans = new List<(Func<Flow> Flow, int At, bool WithPower)>();
        foreach (var flow in Flows)
        {
            var counted = new CrashPoints(0, withPower: false);
            Assert.Null(Problem(flow(), counted));
            var points = Enumerable.Range(1, counted.Passed).Where(at => IsThorough || at % 2 == Seed).ToList();
            plans.AddRange(points.Select(at => (flow, at, at / 2 % 2 == 0)));
            output.WriteLine($"{flow().Name}: {counted.Passed} places to crash at, {points.Count} tried");
        }

        var problems = Seeds.Each(plans.Count, number =>
        {
            var (flow, at, withPower) = plans[number];
            return Problem(flow(), new CrashPoints(at, withPower));
        });
        output.WriteLine($"{Flows.Count} flows, {plans.Count} crashes, {problems.OfType<string>().Count()} violations");

        var found = problems.OfType<string>().ToList();
        Assert.True(found.Count == 0, string.Join('\n', found));
    }

    /// <returns>What went wrong, or null.</returns>
    private static string? Problem(Flow flow, CrashPoints points)
    {
        var result = ClusterRun.Play(Seed, Swarm.Planned(flow.JobTime), flow: flow, points: points);
        var where = $"{flow.Name}, crash {points.At}{(points.WithPower ? " with its machine" : "")}";
        return result.Violation is not null ? $"{where}: {result.Violation}"
            : result.Ends.Any(end => end != flow.End) ? $"{where}: ended as {string.Join(", ", result.Ends)}"
            : null;
    }
}
