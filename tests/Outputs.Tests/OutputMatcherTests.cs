using System.Diagnostics;

namespace JobServer.Outputs.Tests;

public sealed class OutputMatcherTests : IDisposable
{
    private readonly string _root = Directory.CreateTempSubdirectory("outputs-").FullName;

    [Fact]
    public void Files_are_found_and_folders_are_not()
    {
        Write("output/b.csv");
        Write("output/a.csv");
        Write("output/deep/c.csv");
        Directory.CreateDirectory(Path.Join(_root, "output/folder.csv"));

        Assert.Equal(["output/a.csv", "output/b.csv"], Match("output/*.csv"));
        Assert.Equal(["output/deep/c.csv"], Match("output/*/*.csv"));
        Assert.Equal(["output/a.csv"], Match("output/a.csv"));
        Assert.Empty(Match("output/none.csv"));
        Assert.Empty(Match("nowhere/*.csv"));
    }

    [Fact]
    public void Links_are_never_outputs_and_never_followed()
    {
        Write("output/real.txt");
        File.CreateSymbolicLink(Path.Join(_root, "output/link.txt"), "/etc/passwd");
        File.CreateSymbolicLink(Path.Join(_root, "output/inside.txt"), "real.txt");
        Directory.CreateSymbolicLink(Path.Join(_root, "etc"), "/etc");

        Assert.Equal(["output/real.txt"], Match("output/*.txt"));
        Assert.Empty(Match("output/link.txt"));
        Assert.Empty(Match("etc/passwd"));
        Assert.Empty(Match("*/passwd"));
    }

    [Fact]
    public void Pipes_are_never_outputs()
    {
        using var mkfifo = Process.Start("mkfifo", Path.Join(_root, "pipe.txt"));
        mkfifo.WaitForExit();
        Assert.True(Path.Exists(Path.Join(_root, "pipe.txt")));

        Assert.Empty(Match("*.txt"));
        Assert.Empty(Match("pipe.txt"));
    }

    [Fact]
    public void A_name_that_cannot_travel_is_left_out()
    {
        Write("a\nb.txt");
        Write("ok.txt");

        Assert.Equal(["ok.txt"], Match("*.txt"));
    }

    [Fact]
    public void Too_many_files_are_an_error_and_not_a_part_of_them()
    {
        for (var i = 0; i < 4; i++)
            Write($"{i}.txt");

        Assert.Throws<InvalidDataException>(() => OutputMatcher.Match(_root, Parse("*.txt"), 3));
        Assert.Equal(4, OutputMatcher.Match(_root, Parse("*.txt"), 4).Count);
    }

    private IReadOnlyList<string> Match(string pattern) => OutputMatcher.Match(_root, Parse(pattern), 1000);

    private static OutputPattern Parse(string text)
    {
        Assert.Null(OutputPattern.Parse(text, out var pattern));
        return pattern!;
    }

    private void Write(string path)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(Path.Join(_root, path))!);
        File.WriteAllText(Path.Join(_root, path), "x");
    }

    public void Dispose() => Directory.Delete(_root, recursive: true);
}
