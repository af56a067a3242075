using JobServer.Domain.Access;
using JobServer.Domain.Jobs;
using Xunit;

namespace JobServer.Data.Tests;

public sealed class SnakeCaseTests
{
    [Fact]
    public void Names_are_written_with_underscores()
    {
        Assert.Equal("nonzero_exit", SnakeCase.Of(JobStatusCode.NonzeroExit));
        Assert.Equal("waiting_on_db_workers", SnakeCase.Of(JobStatusCode.WaitingOnDbWorkers));
        Assert.Equal("project_developer", SnakeCase.Of(Role.ProjectDeveloper));
    }

    [Fact]
    public void Every_code_is_read_back_as_it_was_written() =>
        Assert.All(Enum.GetValues<JobStatusCode>(), code => Assert.Equal(code, SnakeCase.Parse<JobStatusCode>(SnakeCase.Of(code))));

    [Theory]
    [InlineData("NonzeroExit")]
    [InlineData("3")]
    [InlineData("")]
    public void An_unknown_name_is_told_with_its_type(string written) =>
        Assert.Contains("JobStatusCode", Assert.Throws<InvalidOperationException>(() => SnakeCase.Parse<JobStatusCode>(written)).Message, StringComparison.Ordinal);
}
