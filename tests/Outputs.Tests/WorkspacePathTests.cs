namespace JobServer.Outputs.Tests;

public sealed class WorkspacePathTests
{
    [Theory]
    [InlineData("output/table.csv")]
    [InlineData("a")]
    [InlineData("..a/b..c/...")]
    [InlineData("with space/ünïcode.txt")]
    [InlineData(".hidden")]
    public void A_relative_path_is_accepted(string text) => Assert.True(WorkspacePath.IsValid(text));

    [Theory]
    [InlineData(null, "empty")]
    [InlineData("", "empty")]
    [InlineData("/etc/passwd", "absolute")]
    [InlineData("../x", "..")]
    [InlineData("a/../b", "..")]
    [InlineData("a/..", "..")]
    [InlineData("./a", "part .")]
    [InlineData("a//b", "empty part")]
    [InlineData("a/", "empty part")]
    [InlineData("a\\b", "backslash")]
    [InlineData("a\nb", "control")]
    [InlineData("a\0b", "control")]
    [InlineData("a\u007fb", "control")]
    [InlineData("a*", "pattern")]
    public void Anything_else_is_refused_with_its_reason(string? text, string reason) =>
        Assert.Contains(reason, WorkspacePath.Parse(text, out _), StringComparison.Ordinal);

    [Fact]
    public void Lone_surrogates_are_refused() =>
        Assert.Contains("Unicode", WorkspacePath.Parse("a" + '\ud800', out _), StringComparison.Ordinal);

    [Fact]
    public void Lengths_are_counted_in_bytes_up_to_their_limits()
    {
        Assert.True(WorkspacePath.IsValid(new string('a', 255)));
        Assert.False(WorkspacePath.IsValid(new string('a', 256)));
        Assert.False(WorkspacePath.IsValid(new string('ü', 128)));

        var long1024 = string.Join('/', Enumerable.Repeat(new string('a', 204), 5));
        Assert.Equal(1024, long1024.Length);
        Assert.True(WorkspacePath.IsValid(long1024));
        Assert.False(WorkspacePath.IsValid(long1024 + "a"));

        Assert.True(WorkspacePath.IsValid(string.Join('/', Enumerable.Repeat("a", 32))));
        Assert.False(WorkspacePath.IsValid(string.Join('/', Enumerable.Repeat("a", 33))));
    }
}
