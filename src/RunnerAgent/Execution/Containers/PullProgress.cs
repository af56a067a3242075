using Docker.DotNet.Models;

namespace JobServer.RunnerAgent.Execution.Containers;

/// <summary>Says how far a pull is, now and then.</summary>
internal sealed class PullProgress(string image, Action<string> say, TimeProvider time) : IProgress<JSONMessage>
{
    private static readonly TimeSpan SayEvery = TimeSpan.FromSeconds(5);
    private const double Mega = 1e6;

    private readonly Lock _lock = new();
    private readonly Dictionary<string, (long Current, long Total)> _layers = new(StringComparer.Ordinal);
    private long _saidAt;

    /// <summary>What went wrong; null for nothing.</summary>
    public string? Error { get; private set; }

    public void Report(JSONMessage value)
    {
        lock (_lock)
        {
            Error ??= value.Error?.Message;
            if (value is { Status: "Downloading", ID: { } layer, Progress: { Current: { } current, Total: { } total } })
                _layers[layer] = (current, total);
            if (_layers.Count == 0 || (_saidAt != 0 && time.GetElapsedTime(_saidAt) < SayEvery))
                return;

            _saidAt = time.GetTimestamp();
            say($"Fetching the image {image}: {_layers.Values.Sum(size => size.Current) / Mega:0} of {_layers.Values.Sum(size => size.Total) / Mega:0} MB");
        }
    }
}
