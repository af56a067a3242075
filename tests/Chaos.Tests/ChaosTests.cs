using JobServer.TestCommon;
using Xunit.Abstractions;

namespace JobServer.Chaos.Tests;

/// <summary>The programs themselves, killed and cut off from each other; <c>docs/chaos.md</c> tells what is checked.</summary>
public sealed class ChaosTests(ITestOutputHelper output)
{
    [RequiresProgram("bwrap", "setpriv")]
    public async Task Killed_and_cut_off_processes_lose_nothing_and_run_nothing_twice()
    {
        var options = ChaosOptions.Read();
        Directory.CreateDirectory(options.Folder);
        var report = new ChaosReport(Path.Join(options.Folder, "report.txt"), options.Report);
        report.Add($"seed {options.Seed}, {options.Kills} kills, files in {options.Folder}");
        var violations = await new ChaosRun(options, report).RunAsync();
        if (violations.Count > 0)
        {
            report.Add($"Again: scripts/chaos.sh --kills {options.Kills} --seed {options.Seed}. Logs, rows and journals are kept in {options.Folder}.");
        }

        report.Add($"{options.Kills} kills, {violations.Count} violations");
        output.WriteLine(report.ToString());
        Assert.True(violations.Count == 0, report.ToString());
        Directory.Delete(options.Folder, recursive: true);
    }
}
