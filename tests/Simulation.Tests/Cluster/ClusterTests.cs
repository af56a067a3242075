using System.Diagnostics;
using System.Globalization;
using JobServer.Simulation.Tests.Cluster.Faults;
using Xunit.Abstractions;

namespace JobServer.Simulation.Tests.Cluster;

[Collection("Clusters")]
[Trait("Category", "Cluster")]
public sealed class ClusterTests(ITestOutputHelper output)
{
    private const int FirstSeed = 1;

    [Fact]
    public void Without_faults_a_cluster_ends_its_jobs()
    {
        var result = ClusterRun.Play(FirstSeed, Swarm.Calm);

        Assert.Null(result.Violation);
        Assert.True(result.Jobs > 0);
        Assert.Equal(result.Jobs, result.Starts);
    }

    [Fact]
    public void A_seed_gives_the_same_run_again()
    {
        foreach (var seed in new[] { 1, 2, 3 })
        {
            Assert.Equal(ClusterRun.Play(seed).Hash, ClusterRun.Play(seed).Hash);
        }
    }

    /// <summary>
    /// 45: a disk was full when an attempt reported its end, and nothing of it went on.
    /// 52: the acknowledgement of an interruption was lost, and the job was given back to an agent that had forgotten it.
    /// 70: a compacted journal did not know any more that a log was still to be sent.
    /// 703: a session came between the beginning of an upload and its bytes, and the attempt was taken for another's.
    /// 757: a power cut took the end of a log that had been sent, and the rest of it was given up.
    /// </summary>
    [Theory]
    [InlineData(45)]
    [InlineData(52)]
    [InlineData(70)]
    [InlineData(703)]
    [InlineData(757)]
    public void A_seed_that_once_found_a_defect_stays_clean(int seed) => Assert.Null(ClusterRun.Play(seed).Violation);

    /// <summary>As many seeds as SIMULATION_SEEDS says, or the one of SIMULATION_SEED with its trace.</summary>
    [Fact]
    public void No_seed_violates_an_invariant()
    {
        var one = Setting("SIMULATION_SEED");
        var count = one is null ? Setting("SIMULATION_SEEDS") ?? (Environment.GetEnvironmentVariable("CI") == "true" ? 100 : 20) : 1;
        var first = one ?? Setting("SIMULATION_FIRST_SEED") ?? FirstSeed;
        var most = Setting("SIMULATION_VIOLATIONS") ?? int.MaxValue;
        var violations = 0;
        var played = 0;
        var watch = Stopwatch.StartNew();
        var before = Environment.CpuUsage.TotalTime;
        var sums = new Sums();
        foreach (var result in one is null ? Seeds.Play(first, count) : [ClusterRun.Play(first, trace: true)])
        {
            var seed = result.Seed;
            played++;
            sums.Add(result);
            if (one is not null)
            {
                Say(string.Join('\n', result.Trace));
                Say($"seed {seed}: {result.Swarm}");
                Say($"{result.Steps} steps, {result.Commits} commits, {result.Jobs} jobs, {result.Time.TotalSeconds:0} s, hash {result.Hash}");
            }

            if (result.Violation is not null)
            {
                violations++;
                Say($"seed {seed}: {result.Violation}\n  {result.Swarm}\n  replay: scripts/simulate.sh --seed {seed}");
            }

            if (violations >= most)
            {
                break;
            }
        }

        Say($"{sums} in {watch.Elapsed.TotalSeconds:0} s ({(Environment.CpuUsage.TotalTime - before).TotalSeconds:0} s of processor time)");
        Say($"{played} seeds, {violations} violations");
        Assert.Equal(0, violations);
    }

    private static int? Setting(string name) =>
        Environment.GetEnvironmentVariable(name) is { Length: > 0 } text ? int.Parse(text, CultureInfo.InvariantCulture) : null;

    // Also to a file, so that the script's last words are these and not the test runner's.
    private void Say(string line)
    {
        output.WriteLine(line);
        if (Environment.GetEnvironmentVariable("SIMULATION_REPORT") is { Length: > 0 } path)
        {
            File.AppendAllText(path, line + "\n");
        }
    }
}
