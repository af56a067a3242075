using System.Diagnostics;

namespace JobServer.RunnerAgent.Tests.EndToEnd;

/// <summary>The agent's program as a process of its own, so that it can be killed.</summary>
internal static class AgentProgram
{
    public static Process Start(TestCoordinator coordinator, string state)
    {
        var start = new ProcessStartInfo("dotnet") { UseShellExecute = false, RedirectStandardOutput = true };

        // In the tests' folder the shared libraries are those of the tests.
        var tests = Path.ChangeExtension(typeof(AgentProgram).Assembly.Location, null);
        foreach (var word in (string[])["exec", "--runtimeconfig", $"{tests}.runtimeconfig.json", "--depsfile", $"{tests}.deps.json"])
            start.ArgumentList.Add(word);
        start.ArgumentList.Add(typeof(AgentOptions).Assembly.Location);
        foreach (var (name, value) in new[]
        {
            ("CoordinatorAddress", coordinator.Address.ToString()),
            ("Token", CoordinatorRows.Token),
            ("Backend", "test"),
            ("StateDirectory", state),
            ("Limits__DiskFloor", "0"),
        })
            start.Environment[$"JOBSERVER_Agent__{name}"] = value;

        var process = Process.Start(start)!;
        process.OutputDataReceived += (_, _) => { };
        process.BeginOutputReadLine();
        return process;
    }
}
