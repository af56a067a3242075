using System.Formats.Tar;
using System.IO.Compression;
using System.Text;

namespace JobServer.Chaos.Tests.Load;

/// <summary>A study of small shell actions that check what they need and make files of random bytes.</summary>
internal static class LoadStudy
{
    public const string FailingAction = "broken";

    private const int LargeFile = 6 * 1024 * 1024;

    // Its own trace: a second start in one working directory would add a second line.
    private const string Script = """
        # act.sh ACTION SECONDS BYTES EXIT NEEDS MARK
        echo started >>"starts-$1.txt"
        for need in $(echo "$5" | tr , ' '); do
            [ "$need" = - ] || sha256sum --check --quiet "out/$need-sum.txt" || exit 9
        done
        mkdir -p out
        sleep "$2"
        head -c "$3" /dev/urandom | base64 -w 76 | head -c "$3" >"out/$1.txt"
        sha256sum "out/$1.txt" >"out/$1-sum.txt"
        exit "$4"
        """;

    /// <summary>The snapshot, as a code host would make it.</summary>
    public static byte[] Snapshot()
    {
        var bytes = new MemoryStream();
        using (var zip = new GZipStream(bytes, CompressionLevel.Fastest))
        using (var tar = new TarWriter(zip, TarEntryFormat.Pax))
        {
            tar.WriteEntry(new PaxTarEntry(TarEntryType.Directory, "study/"));
            tar.WriteEntry(new PaxTarEntry(TarEntryType.RegularFile, "study/act.sh")
            {
                DataStream = new MemoryStream(Encoding.UTF8.GetBytes(Script)),
            });
        }

        return bytes.ToArray();
    }

    /// <param name="random">Sizes, durations, and whether one action fails.</param>
    /// <param name="mark">A word that every process of the run shows in its command line.</param>
    /// <param name="large">One output is larger than 5 MiB.</param>
    public static string Definition(Random random, string mark, bool large)
    {
        var yaml = new StringBuilder("version: '3.0'\nactions:\n");
        Add(yaml, random, mark, "extract", large ? LargeFile : random.Next(1, 200_000), [], exit: 0);
        Add(yaml, random, mark, "model", random.Next(1, 100_000), ["extract"], exit: 0);
        Add(yaml, random, mark, "figure", random.Next(1, 400_000), ["extract"], exit: 0);
        Add(yaml, random, mark, "report", random.Next(1, 50_000), ["model", "figure"], exit: 0);
        if (random.Next(4) == 0)
        {
            Add(yaml, random, mark, FailingAction, 10, ["extract"], exit: 3);
            Add(yaml, random, mark, "after", 10, [FailingAction], exit: 0);
        }

        return yaml.ToString();
    }

    private static void Add(StringBuilder yaml, Random random, string mark, string name, int bytes, string[] needs, int exit)
    {
        var seconds = random.Next(0, 25) / 10.0;
        var arguments = $"{name} {seconds:0.0} {bytes} {exit} {(needs.Length == 0 ? "-" : string.Join(',', needs))} {mark}";
        yaml.Append($"  {name}:\n    run: sh:latest act.sh {arguments}\n");
        if (needs.Length > 0)
        {
            yaml.Append($"    needs: [{string.Join(", ", needs)}]\n");
        }

        yaml.Append($"    outputs:\n      highly_sensitive:\n        trace: starts-{name}.txt\n");
        yaml.Append($"      moderately_sensitive:\n        data: out/{name}.txt\n        sum: out/{name}-sum.txt\n");
    }
}
