namespace JobServer.RunnerAgent.Tests;

/// <summary>A directory of one test, removed at its end.</summary>
internal sealed class TempDirectory : IDisposable
{
    public string Path { get; } = Directory.CreateTempSubdirectory("agent-test-").FullName;

    public string Sub(string name) => Directory.CreateDirectory(System.IO.Path.Join(Path, name)).FullName;

    public void Dispose()
    {
        try
        {
            Directory.Delete(Path, recursive: true);
        }
        catch (IOException)
        {
            // A file that a stopping process still makes is left to the machine.
        }
    }
}
