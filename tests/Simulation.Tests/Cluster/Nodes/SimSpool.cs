using System.Globalization;
using System.Text;
using JobServer.RunnerAgent.Execution;
using JobServer.Simulation.Tests.Cluster.Engine;

namespace JobServer.Simulation.Tests.Cluster.Nodes;

/// <summary>What one attempt prints, as its supervisor keeps it on the machine's disk. It grows while the job runs.</summary>
internal sealed class SimSpool(AttemptDirectory directory)
{
    /// <summary>In bytes: each line has the same length, and tells its attempt and its place.</summary>
    private const int LineLength = 48;

    private long _kept;

    /// <summary>In a second of true time.</summary>
    public required double BytesPerSecond { get; init; }

    /// <summary>The program prints in bursts.</summary>
    public required TimeSpan Burst { get; init; }

    /// <summary>In bytes: what comes after it is dropped, as the supervisor does it.</summary>
    public required long Limit { get; init; }

    /// <summary>In bytes, dropped ones too, as far as anybody can know.</summary>
    public long Printed { get; private set; }

    /// <summary>A power cut took some of it.</summary>
    public bool IsTorn { get; private set; }

    /// <summary>What attempts print, told from every other's and from every other place in it.</summary>
    public static byte[] Content(string jobId, long fence, long from, long to)
    {
        var first = from / LineLength;
        var text = new StringBuilder();
        for (var line = first; line * LineLength < to; line++)
        {
            text.Append(string.Create(CultureInfo.InvariantCulture, $"{jobId} {fence,4} {line,8}").PadRight(LineLength - 1)).Append('\n');
        }

        return Encoding.ASCII.GetBytes(text.ToString((int)(from - (first * LineLength)), (int)(to - from)));
    }

    /// <param name="running">So long, in ticks.</param>
    /// <param name="name">Job and fence.</param>
    public void Grow(long running, (string JobId, long Fence) name)
    {
        var bursts = Math.Max(0, running) / Burst.Ticks;
        var printed = (long)(bursts * Burst.TotalSeconds * BytesPerSecond);
        if (printed <= Printed || !Directory.Exists(directory.Run))
        {
            return;
        }

        Printed = printed;
        var kept = Math.Min(printed, Limit);
        if (kept > _kept)
        {
            using var file = new FileStream(directory.Log, FileMode.Append, FileAccess.Write);
            file.Write(Content(name.JobId, name.Fence, _kept, kept));
            _kept = kept;
        }
    }

    /// <summary>The supervisor's last words.</summary>
    public void End()
    {
        if (Printed > _kept && Directory.Exists(directory.Run))
        {
            File.WriteAllText(directory.LogCut, (Printed - _kept).ToString(CultureInfo.InvariantCulture));
        }
    }

    /// <summary>Any first part of it may have reached the disk.</summary>
    /// <param name="simulator">Says how much.</param>
    /// <param name="hasEnded">Its supervisor had said how much it had dropped; otherwise that is lost.</param>
    public void PowerCut(Simulator simulator, bool hasEnded)
    {
        Printed = hasEnded ? Printed : _kept;
        if (!File.Exists(directory.Log) || simulator.Chance(0.3))
        {
            return;
        }

        using var file = new FileStream(directory.Log, FileMode.Open, FileAccess.Write);
        var left = (long)(file.Length * simulator.Random.NextDouble());
        IsTorn |= left < file.Length;
        file.SetLength(left);
    }
}
