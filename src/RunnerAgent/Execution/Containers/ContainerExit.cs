using System.Text.Json;

namespace JobServer.RunnerAgent.Execution.Containers;

/// <summary>How a container ended, kept beside it so that the container itself can go.</summary>
internal static class ContainerExit
{
    public static SandboxExit? Read(AttemptDirectory directory) =>
        File.Exists(directory.Exit) ? JsonSerializer.Deserialize<SandboxExit>(File.ReadAllBytes(directory.Exit)) : null;

    public static void Write(AttemptDirectory directory, SandboxExit exit)
    {
        var fresh = directory.Exit + ".new";
        using (var file = new FileStream(fresh, FileMode.Create, FileAccess.Write))
        {
            JsonSerializer.Serialize(file, exit);
            file.Flush(flushToDisk: true);
        }

        File.Move(fresh, directory.Exit, overwrite: true);
    }
}
