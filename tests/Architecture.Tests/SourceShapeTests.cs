using Xunit;

namespace JobServer.Architecture.Tests;

public sealed class SourceShapeTests
{
    private const int LongestFile = 400;

    [Fact]
    public void A_file_declares_one_type() =>
        Assert.Empty(
            from file in Repository.HandWrittenSources()
            where !file.EndsWith(".cshtml.cs", StringComparison.Ordinal)
            let types = SourceText.TopLevelTypes(Read(file))
            where types.Count > 1
            select $"{file} declares {string.Join(", ", types)}");

    [Fact]
    public void No_file_is_longer_than_400_lines() =>
        Assert.Empty(
            from file in Repository.HandWrittenSources()
            let lines = File.ReadLines(Repository.PathOf(file)).Count()
            where lines > LongestFile
            select $"{file} has {lines} lines; the most is {LongestFile}");

    [Fact]
    public void A_warning_is_switched_off_only_with_a_reason() =>
        Assert.Empty(
            from file in Repository.HandWrittenSources()
            from pragma in SourceText.UnexplainedPragmas(Read(file))
            select $"{file}: {pragma}");

    [Fact]
    public void Source_files_are_found_at_all() =>
        Assert.Contains("src/AllInOne/Program.cs", Repository.HandWrittenSources());

    [Theory]
    [InlineData("public sealed class A { }\ninternal sealed record B(int X);", "A B")]
    [InlineData("public enum A\n{\n}\n\npublic readonly record struct B(int X);", "A B")]
    [InlineData("public delegate Task<int> A(string text);\n\ninterface IB { }", "A IB")]
    [InlineData("public sealed class A\n{\n    private sealed class Nested;\n}", "A")]
    [InlineData("public partial class A { }\npublic static partial class A { }", "A")]
    [InlineData("namespace N;\n\n/// <summary>A class of its own.</summary>\n// class Comment\npublic sealed class A;", "A")]
    public void Top_level_types_are_recognised(string text, string expected) =>
        Assert.Equal(expected.Split(' '), SourceText.TopLevelTypes(text));

    [Theory]
    [InlineData("#pragma warning disable CA1031", 1)]
    [InlineData("#pragma warning disable CA1031 // A study may throw anything.", 0)]
    [InlineData("// A study may throw anything.\n#pragma warning disable CA1031", 0)]
    public void A_pragma_without_a_reason_is_recognised(string text, int unexplained) =>
        Assert.Equal(unexplained, SourceText.UnexplainedPragmas(text).Count());

    private static string Read(string file) => File.ReadAllText(Repository.PathOf(file));
}
