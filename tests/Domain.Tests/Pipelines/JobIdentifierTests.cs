using JobServer.Domain.Pipelines;
using Xunit;

namespace JobServer.Domain.Tests.Pipelines;

public sealed class JobIdentifierTests
{
    [Fact]
    public void The_identifier_is_the_base32_of_the_hash_and_never_changes() =>
        Assert.Equal("3lozu3nwvyk3btcp", JobIdentifier.For("abcdefghijklmnop", "model"));

    [Fact]
    public void Another_request_or_action_has_another_identifier() =>
        Assert.Equal(3, new[] { JobIdentifier.For("r", "a"), JobIdentifier.For("r", "b"), JobIdentifier.For("s", "a") }.Distinct(StringComparer.Ordinal).Count());
}
