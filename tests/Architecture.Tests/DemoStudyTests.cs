using Xunit;

namespace JobServer.Architecture.Tests;

public sealed class DemoStudyTests
{
    [Fact]
    public void The_broken_branch_only_replaces_files_of_the_study_and_changes_one_line_of_each()
    {
        var broken = Repository.PathOf("demo/study/broken");
        var files = Directory.EnumerateFiles(broken, "*.py", SearchOption.AllDirectories).ToList();

        Assert.Equal(2, files.Count);
        foreach (var file in files)
        {
            var original = Repository.PathOf(Path.Combine("demo/study/main", Path.GetRelativePath(broken, file)));
            Assert.True(File.Exists(original), $"{file} replaces nothing.");
            var lines = File.ReadAllLines(file);
            var originals = File.ReadAllLines(original);
            Assert.Equal(originals.Length, lines.Length);
            Assert.Single(lines.Zip(originals), pair => pair.First != pair.Second);
        }
    }

    [Fact]
    public void The_study_needs_nothing_but_the_standard_library_and_itself()
    {
        var folder = Repository.PathOf("demo/study/main/analysis");
        string[] standard = ["base64", "bisect", "collections", "csv", "gzip", "html", "io", "json", "math", "pathlib", "random", "struct", "xml", "zlib"];
        var own = Directory.EnumerateFiles(folder, "*.py").Select(Path.GetFileNameWithoutExtension).ToHashSet();

        Assert.Empty(
            from file in Directory.EnumerateFiles(folder, "*.py")
            from line in File.ReadLines(file)
            where line.StartsWith("import ", StringComparison.Ordinal) || line.StartsWith("from ", StringComparison.Ordinal)
            let module = line.Split(' ')[1].Split('.')[0]
            where !own.Contains(module) && !standard.Contains(module)
            select $"{Path.GetFileName(file)}: {line}");
    }
}
