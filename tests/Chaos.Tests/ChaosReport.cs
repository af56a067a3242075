using System.Diagnostics;

namespace JobServer.Chaos.Tests;

/// <summary>What happened, line by line with the seconds since the start; also in a file, for when the run is killed.</summary>
internal sealed class ChaosReport(params IEnumerable<string?> files)
{
    private readonly Stopwatch _clock = Stopwatch.StartNew();
    private readonly Lock _lock = new();
    private readonly List<string> _lines = [];
    private readonly List<string> _files = [.. files.OfType<string>().Where(file => file.Length > 0)];

    public void Say(string line) => Add($"{_clock.Elapsed.TotalSeconds,7:0.0} s  {line}");

    /// <summary>A line without its time: the last one.</summary>
    public void Add(string line)
    {
        lock (_lock)
        {
            _lines.Add(line);
            _files.ForEach(file => File.AppendAllText(file, line + "\n"));
        }
    }

    public override string ToString()
    {
        lock (_lock)
        {
            return string.Join('\n', _lines);
        }
    }
}
