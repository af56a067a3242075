using JobServer.Portal.Diffs;

namespace JobServer.Portal.Tests.Diffs;

public sealed class LineDiffTests
{
    [Theory]
    [InlineData("a\nb\nc", "a\nb\nc", "")]
    [InlineData("a\nb\nc", "a\nx\nc", " a|-b|+x| c")]
    [InlineData("", "a", "+a")]
    [InlineData("a\nb", "b", "-a| b")]
    [InlineData("1\n2\n3\n4\n5\n6\n7\n8\n9\n10\n11", "0\n2\n3\n4\n5\n6\n7\n8\n9\n10\n12", "-1|+0| 2| 3| 4‖ 8| 9| 10|-11|+12")]
    [InlineData("a\nb\nc\nd\ne\nf\ng", "c\nb\nd\ne\ng\nh", "-a|-b| c|+b| d| e|-f| g|+h")]
    public void The_lines_that_differ_are_shown_with_a_few_around_them(string before, string after, string expected)
    {
        var runs = LineDiff.Of(before, after)!;

        Assert.Equal(expected, string.Join('‖', runs.Select(run => string.Join('|', run.Select(line => (line.IsAdded ? "+" : line.IsRemoved ? "-" : " ") + line.Text)))));
    }

    [Fact]
    public void Any_two_texts_can_be_rebuilt_from_their_difference()
    {
        var random = new Random(7);
        for (var round = 0; round < 300; round++)
        {
            var (before, after) = (Text(random), Text(random));
            var lines = LineDiff.Of(before, after)!.SelectMany(run => run).ToList();

            var oldLines = before.Split('\n');
            var newLines = after.Split('\n');
            Assert.All(lines.Where(line => line.Before is not null), line => Assert.Equal(oldLines[line.Before!.Value - 1], line.Text));
            Assert.All(lines.Where(line => line.After is not null), line => Assert.Equal(newLines[line.After!.Value - 1], line.Text));
            var removed = lines.Where(line => line.IsRemoved).Select(line => line.Before!.Value).ToHashSet();
            var added = lines.Where(line => line.IsAdded).Select(line => line.After!.Value).ToHashSet();
            Assert.Equal(
                oldLines.Where((_, index) => !removed.Contains(index + 1)),
                newLines.Where((_, index) => !added.Contains(index + 1)));
        }

        static string Text(Random random) => string.Join('\n', Enumerable.Range(0, random.Next(1, 40)).Select(_ => $"line {random.Next(6)}"));
    }

    [Fact]
    public void Files_that_have_little_in_common_are_not_set_side_by_side()
    {
        var before = string.Join('\n', Enumerable.Range(0, 5_000));
        var after = string.Join('\n', Enumerable.Range(10_000, 5_000));

        Assert.Null(LineDiff.Of(before, after));
    }

    [Fact]
    public void Texts_made_to_take_long_are_given_up_at_once()
    {
        var lines = Enumerable.Range(0, 25_000).Select(n => $"{n}").ToList();

        Assert.Null(LineDiff.Of(string.Join('\n', lines), string.Join('\n', Enumerable.Reverse(lines))));
        Assert.Single(LineDiff.Of(string.Join('\n', lines), string.Join('\n', lines.Select(line => line == "9" ? "nine" : line)))!);
    }
}
