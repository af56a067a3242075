using System.Diagnostics;
using System.Text;
using YamlDotNet.Core;

namespace JobServer.Benchmarks.Pipelines;

/// <summary>What the YAML library alone needs for a file.</summary>
internal static class YamlYardstick
{
    public static Times Run(byte[] file, int warmup, int rounds)
    {
        var times = new Times(rounds);
        for (var i = 0; i < warmup + rounds; i++)
        {
            var start = Stopwatch.GetTimestamp();
            var parser = new Parser(new StringReader(Encoding.UTF8.GetString(file)));
            while (parser.MoveNext())
            {
            }

            if (i >= warmup)
            {
                times.Add(Stopwatch.GetElapsedTime(start));
            }
        }

        return times;
    }
}
