using JobServer.Portal.Ui;

namespace JobServer.Portal.Tests.Ui;

public sealed class MomentsTests
{
    private static readonly DateTimeOffset Now = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData(-3, "just now")]
    [InlineData(-59, "59 seconds ago")]
    [InlineData(-60, "1 minute ago")]
    [InlineData(-7200, "2 hours ago")]
    [InlineData(3600, "in 1 hour")]
    [InlineData(-86400 * 5, "5 days ago")]
    [InlineData(-86400 * 40, "20 Jan 2026")]
    public void Distances_are_said_in_words(int seconds, string words) =>
        Assert.Equal(words, Moments.Relative(Now.AddSeconds(seconds), Now));

    [Theory]
    [InlineData(850, "850 ms")]
    [InlineData(12_400, "12 s")]
    [InlineData(184_000, "3 min 4 s")]
    [InlineData(7_500_000, "2 h 5 min")]
    public void Durations_are_said_in_two_units_at_most(int milliseconds, string words) =>
        Assert.Equal(words, Moments.Duration(TimeSpan.FromMilliseconds(milliseconds)));
}
