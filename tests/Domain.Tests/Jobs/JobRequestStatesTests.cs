using JobServer.Domain.Jobs;
using Xunit;

namespace JobServer.Domain.Tests.Jobs;

public sealed class JobRequestStatesTests
{
    [Theory]
    [InlineData(0, 0, 0, 0, 0, JobRequestState.NothingToDo)]
    [InlineData(2, 0, 0, 0, 0, JobRequestState.Pending)]
    [InlineData(1, 1, 0, 0, 0, JobRequestState.Running)]
    [InlineData(1, 0, 1, 0, 0, JobRequestState.Running)]
    [InlineData(1, 0, 0, 1, 0, JobRequestState.Running)]
    [InlineData(0, 1, 1, 1, 1, JobRequestState.Running)]
    [InlineData(0, 0, 2, 0, 0, JobRequestState.Succeeded)]
    [InlineData(0, 0, 1, 1, 0, JobRequestState.Failed)]
    [InlineData(0, 0, 0, 2, 1, JobRequestState.Failed)]
    [InlineData(0, 0, 0, 2, 2, JobRequestState.Cancelled)]
    [InlineData(0, 0, 1, 1, 1, JobRequestState.Cancelled)]
    public void The_state_of_a_request_follows_from_its_jobs(
        int pending, int running, int succeeded, int failed, int cancelled, JobRequestState expected) =>
        Assert.Equal(expected, JobRequestStates.From(pending, running, succeeded, failed, cancelled));

    [Fact]
    public void Every_status_code_has_a_sentence() =>
        Assert.All(Enum.GetValues<JobStatusCode>(), code => Assert.NotEmpty(code.DefaultMessage()));
}
