using JobServer.Contracts.V1;
using JobServer.RunnerAgent.Connection;
using JobServer.RunnerAgent.Journal;
using JobServer.RunnerAgent.Tests.Journal;
using JobServer.RunnerAgent.Transfers;
using Microsoft.Extensions.Options;

namespace JobServer.RunnerAgent.Tests.Transfers;

public sealed class SessionlessCallTests
{
    [Fact]
    public async Task A_session_that_went_just_before_a_transfer_is_no_refusal_and_fails_no_job()
    {
        // Nothing listens there: the call must not even be made.
        using var channels = new CoordinatorChannels(Options.Create(new AgentOptions { CoordinatorAddress = new Uri("http://127.0.0.1:1") }));
        var session = new LiveSession();
        session.Begin(1);
        session.End();
        var transfers = new GrpcTransfers(
            channels, session, new AgentJournal(new RecordingStorage(), new SeededAgentRandom(1), TimeProvider.System), TimeProvider.System);

        var error = await Assert.ThrowsAsync<TransferUnavailableException>(
            () => transfers.CommitOutputsAsync(new CommitOutputsRequest(), CancellationToken.None));

        Assert.Equal("There is no session now.", error.Message);
        Assert.False(error.Answered);
    }
}
