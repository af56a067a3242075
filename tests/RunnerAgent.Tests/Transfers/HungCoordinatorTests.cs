using JobServer.Contracts.V1;
using JobServer.RunnerAgent.Connection;
using JobServer.RunnerAgent.Journal;
using JobServer.RunnerAgent.Logs;
using JobServer.RunnerAgent.Tests.EndToEnd;
using JobServer.RunnerAgent.Tests.Journal;
using JobServer.RunnerAgent.Transfers;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;

namespace JobServer.RunnerAgent.Tests.Transfers;

/// <summary>A Coordinator that takes calls and does not answer them holds nothing up for ever: each is given up and made again.</summary>
public sealed class HungCoordinatorTests : IAsyncLifetime, IDisposable
{
    private static readonly Attempt Attempt = new() { JobId = "job1", Fence = 1 };

    private readonly TempDirectory _temp = new();
    private readonly FakeTimeProvider _time = new();
    private readonly LiveSession _session = new();
    private TestCoordinator _coordinator = null!;
    private CoordinatorChannels _channels = null!;
    private GrpcTransfers _transfers = null!;

    public async Task InitializeAsync()
    {
        _coordinator = await TestCoordinator.StartAsync();
        _channels = new CoordinatorChannels(Options.Create(new AgentOptions { CoordinatorAddress = _coordinator.Address, Token = CoordinatorRows.Token }));
        _session.Begin(1);
        _transfers = new GrpcTransfers(_channels, _session, new AgentJournal(new RecordingStorage(), new SeededAgentRandom(1), _time), _time);
    }

    [Theory]
    [InlineData("fetch")]
    [InlineData("begin")]
    [InlineData("query")]
    [InlineData("upload")]
    [InlineData("commit")]
    public async Task A_call_that_is_not_answered_is_given_up_after_a_minute_at_most(string which)
    {
        _coordinator.Rows.Hangs = true;
        var call = which switch
        {
            "fetch" => FetchAsync(),
            "begin" => _transfers.BeginUploadAsync(new BeginUploadRequest { Attempt = Attempt, Path = "a.csv" }, CancellationToken.None),
            "query" => _transfers.QueryUploadAsync(Attempt, "job1|a.csv|3|x", CancellationToken.None),
            "upload" => _transfers.UploadAsync(Attempt, "job1|a.csv|3|x", new MemoryStream([1, 2, 3]), CancellationToken.None),
            _ => _transfers.CommitOutputsAsync(new CommitOutputsRequest { Attempt = Attempt }, CancellationToken.None),
        };
        await Wait.UntilAsync(() => _coordinator.Rows.Hanging > 0, "the call has come", 20);

        _time.Advance(TimeSpan.FromSeconds(61));

        var error = await Assert.ThrowsAsync<TransferUnavailableException>(() => call.WaitAsync(TimeSpan.FromSeconds(20)));
        Assert.False(error.Answered);
    }

    [Fact]
    public async Task Answers_without_a_byte_are_no_progress()
    {
        _coordinator.Rows.FetchesNothing = true;
        var call = FetchAsync();
        await Wait.UntilAsync(() => _coordinator.Rows.EmptyChunks > 3, "empty answers", 20);
        _time.Advance(TimeSpan.FromSeconds(40));
        var before = _coordinator.Rows.EmptyChunks;
        await Wait.UntilAsync(() => _coordinator.Rows.EmptyChunks > before + 3, "more of them", 20);

        _time.Advance(TimeSpan.FromSeconds(21));

        await Assert.ThrowsAsync<TransferUnavailableException>(() => call.WaitAsync(TimeSpan.FromSeconds(20)));
    }

    [Fact]
    public async Task A_log_stream_whose_first_frame_is_not_taken_is_given_up()
    {
        var options = Options.Create(new AgentOptions { StateDirectory = _temp.Path });
        var journal = new AgentJournal(new RecordingStorage(), new SeededAgentRandom(1), _time);
        var ledger = new LogLedger(options, journal, _time, NullLogger<LogLedger>.Instance);
        var link = new LogLink
        {
            Read = _ => Task.FromResult<LogReply?>(null),
            Write = (_, token) => Task.Delay(Timeout.Infinite, token),
        };
        var sending = new LogStream(ledger, journal, _session, _time, NullLogger.Instance).RunAsync(link, CancellationToken.None);

        _time.Advance(TimeSpan.FromSeconds(61));

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => sending.WaitAsync(TimeSpan.FromSeconds(20)));
    }

    private async Task FetchAsync()
    {
        await foreach (var chunk in _transfers.FetchBlobAsync(Attempt, "x", 0, CancellationToken.None))
            Assert.Equal(0, chunk.Offset);
    }

    public async Task DisposeAsync()
    {
        _channels.Dispose();
        await _coordinator.DisposeAsync();
    }

    public void Dispose() => _temp.Dispose();
}
