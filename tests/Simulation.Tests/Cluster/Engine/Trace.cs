using System.Globalization;

namespace JobServer.Simulation.Tests.Cluster.Engine;

/// <summary>What happened, in order, as one number; and as text when somebody wants to read it.</summary>
internal sealed class Trace(bool keep)
{
    private const ulong Prime = 1099511628211;

    private readonly List<string> _lines = [];
    private ulong _hash = 14695981039346656037;

    public bool IsKept => keep;

    public IReadOnlyList<string> Lines => _lines;

    /// <summary>Equal for equal runs, in every process.</summary>
    public string Hash => _hash.ToString("x16", CultureInfo.InvariantCulture);

    public void Mix(long number)
    {
        for (var shift = 0; shift < 64; shift += 16)
        {
            _hash = (_hash ^ (ushort)(number >> shift)) * Prime;
        }
    }

    public void Add(long now, string who, string what)
    {
        Mix(now);
        foreach (var letter in what)
        {
            _hash = (_hash ^ letter) * Prime;
        }

        Note(now, who, what);
    }

    /// <summary>For people only: not part of the hash.</summary>
    public void Note(long now, string who, string what)
    {
        if (keep)
        {
            _lines.Add($"{TimeSpan.FromTicks(now).TotalSeconds,10:0.000} {who,-4} {what}");
        }
    }
}
