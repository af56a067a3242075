using CsCheck;
using JobServer.Domain.Pipelines;
using Xunit;

namespace JobServer.Domain.Tests.Pipelines;

public sealed class ShellWordsTests
{
    [Theory]
    [InlineData("", new string[0])]
    [InlineData("  a\tb\r\nc ", new[] { "a", "b", "c" })]
    [InlineData("'a b'\"c d\"e", new[] { "a bc de" })]
    [InlineData("'' \"\"", new[] { "", "" })]
    [InlineData(@"a\ b ""c\""d"" ""e\$f"" g\h '\'", new[] { "a b", "c\"d", @"e\$f", "gh", @"\" })]
    [InlineData("# | ; * $ &", new[] { "#", "|", ";", "*", "$", "&" })]
    public void Words_are_split_as_a_shell_does(string text, string[] words) => Assert.Equal(words, ShellWords.Split(text));

    [Theory]
    [InlineData("it's", "single quote")]
    [InlineData("\"a", "double quote")]
    [InlineData("a\\", "backslash")]
    [InlineData("\"a\\", "double quote")]
    public void What_is_not_closed_is_an_error(string text, string about)
    {
        Assert.False(ShellWords.TrySplit(text, out _, out var error));
        Assert.Contains(about, error, StringComparison.Ordinal);
        Assert.Throws<FormatException>(() => ShellWords.Split(text));
    }

    [Fact]
    public void Joined_words_split_into_the_same_words() =>
        Gen.String.Array[0, 8].Sample(words => ShellWords.Split(ShellWords.Join(words)).SequenceEqual(words), iter: 5000);

    [Fact]
    public void Only_words_that_need_it_are_quoted() =>
        Assert.Equal("a/b.c --d=e,f@1% '' 'it'\"'\"'s'", ShellWords.Join(["a/b.c", "--d=e,f@1%", "", "it's"]));
}
