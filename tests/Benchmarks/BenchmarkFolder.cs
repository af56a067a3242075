namespace JobServer.Benchmarks;

/// <summary>A folder that goes with the run.</summary>
internal sealed class BenchmarkFolder : IDisposable
{
    public string Path { get; } = Directory.CreateTempSubdirectory("jobserver-bench-").FullName;

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
