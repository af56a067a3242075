using JobServer.RunnerAgent.Operation;
using JobServer.RunnerAgent.Tests.EndToEnd;
using JobServer.RunnerAgent.Tests.Execution;
using Xunit.Abstractions;

namespace JobServer.RunnerAgent.Tests.Operation;

/// <summary>A healthy site, and ten that are broken in one place each: what the doctor says, and what it says to do.</summary>
public sealed class DoctorTests(ITestOutputHelper output) : IAsyncLifetime, IDisposable
{
    private readonly TempDirectory _temp = new();
    private TestCoordinator _coordinator = null!;

    [BubblewrapFact]
    public async Task Of_a_healthy_site_all_is_well_and_nothing_is_left_behind()
    {
        var (status, said) = await LookAsync();

        Assert.Equal(0, status);
        Assert.DoesNotContain("FAIL", said, StringComparison.Ordinal);
        Assert.EndsWith("All is well.\n", said);
        foreach (var what in new[] { "settings", "directories", "disk", "journal", "link", "token", "clock", "executor", "images", "self-test" })
            Assert.Contains($"ok    {what}", said, StringComparison.Ordinal);
        Assert.Empty(Directory.EnumerateFileSystemEntries(Path.Join(_temp.Path, "attempts")));
    }

    [BubblewrapFact]
    public async Task Beside_a_running_agent_it_disturbs_nothing()
    {
        using var agent = await AgentProcess.StartAsync(_coordinator, _temp.Path);

        Assert.Equal(0, (await LookAsync()).Status);
        await agent.StopAsync();
    }

    [BubblewrapFact]
    public async Task A_missing_token() => await FailsAsync("settings", "Token", ("Agent:Token", ""));

    [BubblewrapFact]
    public async Task An_address_without_encryption() => await FailsAsync("settings", "use https", ("Agent:CoordinatorAddress", "http://coordinator.example:5081"));

    [BubblewrapFact]
    public async Task A_state_directory_that_cannot_be_written()
    {
        var file = Path.Join(_temp.Path, "file");
        await File.WriteAllTextAsync(file, "");

        await FailsAsync("directories", "Agent:StateDirectory", ("Agent:StateDirectory", Path.Join(file, "state")), ("Agent:SiteDirectory", _temp.Path));
    }

    [BubblewrapFact]
    public async Task A_disk_with_too_little_room() => await FailsAsync("disk", "Agent:Limits:DiskFloor", ("Agent:Limits:DiskFloor", $"{long.MaxValue}"));

    [BubblewrapFact]
    public async Task A_damaged_journal()
    {
        using (var agent = await AgentProcess.StartAsync(_coordinator, _temp.Path))
            await agent.StopAsync();
        var path = Path.Join(_temp.Path, "journal");
        var content = await File.ReadAllBytesAsync(path);
        var broken = content.Concat(content).ToArray();
        broken[20] ^= 0xff;
        await File.WriteAllBytesAsync(path, broken);

        await FailsAsync("journal", "move the state directory aside");
    }

    [BubblewrapFact]
    public async Task A_coordinator_that_cannot_be_reached() => await FailsAsync("link", "Agent:CoordinatorAddress", ("Agent:CoordinatorAddress", "http://127.0.0.1:9"));

    [BubblewrapFact]
    public async Task A_token_that_is_not_known() => await FailsAsync("token", "new token", ("Agent:Token", "another"));

    [BubblewrapFact]
    public async Task A_clock_that_goes_wrong()
    {
        _coordinator.Rows.ClockAhead = TimeSpan.FromMinutes(10);

        await FailsAsync("clock", "behind the Coordinator's");
    }

    [BubblewrapFact]
    public async Task A_sandbox_that_is_not_installed() => await FailsAsync("executor", "Install bubblewrap", ("Agent:Sandbox:BubblewrapPath", "/nowhere/bwrap"));

    [BubblewrapFact]
    public async Task An_engine_that_is_down() => await FailsAsync(
        "executor", "Agent:Docker:Endpoint", ("Agent:Executor", "Docker"), ("Agent:Images:python:Reference", "x/python"), ("Agent:Docker:Endpoint", "unix:///nowhere/docker.sock"));

    [BubblewrapFact]
    public async Task An_image_whose_tool_is_missing() => await FailsAsync("images", "/nowhere/julia is not installed", ("Agent:Images:julia:Tools:julia", "/nowhere/julia"));

    [BubblewrapFact]
    public async Task A_sandbox_that_is_made_but_runs_nothing()
    {
        // Makes the bare sandbox of the check, and no other.
        var script = Path.Join(_temp.Path, "bwrap");
        await File.WriteAllTextAsync(script, "#!/bin/sh\ncase \"$*\" in *\"-- /bin/true\") exec /usr/bin/bwrap \"$@\" ;; *) exit 3 ;; esac\n");
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(script, UnixFileMode.UserRead | UnixFileMode.UserExecute);

        await FailsAsync("self-test", "ended with code", ("Agent:Sandbox:BubblewrapPath", script));
    }

    public async Task InitializeAsync() => _coordinator = await TestCoordinator.StartAsync();

    public Task DisposeAsync() => _coordinator.DisposeAsync().AsTask();

    public void Dispose() => _temp.Dispose();

    private async Task FailsAsync(string what, string words, params (string Name, string Value)[] settings)
    {
        var (status, said) = await LookAsync(settings);

        Assert.Equal(1, status);
        Assert.Contains($"FAIL  {what}", said, StringComparison.Ordinal);
        Assert.Contains(words, said, StringComparison.Ordinal);
        Assert.Contains("→", said, StringComparison.Ordinal);
    }

    private async Task<(int Status, string Said)> LookAsync(params (string Name, string Value)[] settings)
    {
        using var host = AgentProcess.Build(_coordinator.Address, _temp.Path, settings);
        using var console = new StringWriter { NewLine = "\n" };
        var status = await DoctorCommand.RunAsync(host.Services, console, CancellationToken.None);
        output.WriteLine(console.ToString());
        return (status, console.ToString());
    }
}
