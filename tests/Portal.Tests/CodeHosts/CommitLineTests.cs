using JobServer.Portal.CodeHosts;

namespace JobServer.Portal.Tests.CodeHosts;

public sealed class CommitLineTests
{
    [Theory]
    [InlineData("Mend the model\n\nLong words", "Mend the model")]
    [InlineData("a\u0007b\u202ec\u2066d", "a·b·c·d")]
    [InlineData(null, "")]
    public void A_title_is_one_line_that_changes_nothing_around_it(string? message, string title) => Assert.Equal(title, CommitLine.TitleOf(message));
}
