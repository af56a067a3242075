using JobServer.Domain.Pipelines;
using Xunit;

namespace JobServer.Domain.Tests.Pipelines;

public sealed class SourceTextTests
{
    [Fact]
    public void Each_kind_of_line_end_ends_one_line()
    {
        var source = new SourceText("a\nb\r\nc\rd");

        Assert.Equal(["a", "b", "c", "d"], Enumerable.Range(1, source.LineCount).Select(line => source.Around(line, 1, 10)!.Text));
        Assert.Null(source.Around(0, 1, 10));
        Assert.Null(source.Around(5, 1, 10));
    }

    [Fact]
    public void A_long_line_is_cut_around_the_place_and_never_through_a_character()
    {
        var source = new SourceText(string.Concat(Enumerable.Repeat("😀", 100)));

        for (var column = 1; column <= 200; column++)
        {
            var window = source.Around(1, column, 21)!;

            Assert.InRange(window.Text.Length, 19, 21);
            Assert.False(char.IsLowSurrogate(window.Text[0]) || char.IsHighSurrogate(window.Text[^1]));
            Assert.InRange(window.Caret, 0, window.Text.Length);
            Assert.True(window.IsCutBefore || window.IsCutAfter);
        }
    }

    [Fact]
    public void What_could_steer_a_screen_is_replaced() =>
        Assert.Equal("a·[31m b", SourceText.Visible("a\u001b[31m\tb"));
}
