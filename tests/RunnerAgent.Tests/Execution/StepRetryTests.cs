using System.ComponentModel;
using JobServer.Contracts.V1;
using JobServer.RunnerAgent.Execution;
using JobServer.RunnerAgent.Transfers;
using JobServer.RunnerAgent.Workspaces;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;

namespace JobServer.RunnerAgent.Tests.Execution;

public sealed class StepRetryTests
{
    private const int DiskFull = 28;

    private readonly NotingTime _time = new();
    private readonly List<(string Text, TimeSpan At)> _said = [];
    private readonly StepRetry _retry;
    private int _tries;

    public StepRetryTests() =>
        _retry = new StepRetry(Options.Create(new AgentOptions()), new SeededAgentRandom(3), _time, NullLogger<StepRetry>.Instance);

    public static TheoryData<Exception, string> Passing => new()
    {
        { new TransferUnavailableException("down", answered: true), "Preparing the code: retry 2 of 5 because the Coordinator's store did not answer" },
        { new TransferDamagedException("damaged"), "Preparing the code: retry 2 of 5 because what was sent arrived damaged" },
        { new IOException("full", DiskFull), "Preparing the code: retry 2 of 5 because the backend's disk is full" },
        { new Win32Exception(11), "Preparing the code: retry 2 of 5 because the backend's machine is short of resources" },
    };

    [Theory]
    [MemberData(nameof(Passing))]
    public async Task What_may_pass_is_tried_again_and_told(Exception error, string message)
    {
        Assert.Equal(2, await RunAsync(1, error));

        Assert.Equal(message, Assert.Single(_said).Text);
    }

    [Theory]
    [InlineData("permanent")]
    [InlineData("refused")]
    [InlineData("unknown image of the machine")]
    public async Task What_will_not_pass_fails_at_once(string text)
    {
        Exception error = text switch
        {
            "permanent" => new AttemptFailedException(FailureReason.InputMissing, text),
            "refused" => new TransferRefusedException(text),
            _ => new Win32Exception(2, text),
        };

        Assert.Same(error, await Assert.ThrowsAnyAsync<Exception>(() => RunAsync(1, error)));
        Assert.Equal(1, _tries);
        Assert.Empty(_said);
    }

    [Fact]
    public async Task After_five_tries_the_job_fails_with_the_last_cause()
    {
        var failure = await Assert.ThrowsAsync<AttemptFailedException>(() => RunAsync(9, new IOException("full", DiskFull)));

        Assert.Equal(5, _tries);
        Assert.Equal(FailureReason.DiskFull, failure.Reason);
        Assert.Equal("Preparing the code failed after 5 tries, the last because the backend's disk is full.", failure.Message);
        Assert.Equal([2, 3, 4, 5], _said.Select(said => int.Parse(said.Text.Split(' ')[4])));
    }

    [Fact]
    public async Task The_waits_grow_and_are_jittered()
    {
        await Assert.ThrowsAsync<AttemptFailedException>(() => RunAsync(9, new TransferDamagedException("damaged")));

        var waits = _time.Waits.Select(wait => wait.TotalSeconds).ToList();
        Assert.InRange(waits[0], 2.5, 5.2);
        Assert.InRange(waits[1], 5, 10.2);
        Assert.InRange(waits[2], 10, 20.2);
        Assert.Contains(waits, wait => Math.Abs(wait - Math.Round(wait / 5) * 5) > 0.3);
    }

    [Fact]
    public async Task A_cancel_ends_the_wait()
    {
        using var cancel = new CancellationTokenSource();
        var run = _retry.RunAsync<int>("Preparing", _ => throw new TransferDamagedException("damaged"), _ => cancel.Cancel(), cancel.Token);

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => run);
    }

    private async Task<int> RunAsync(int failures, Exception error)
    {
        var begun = _time.GetUtcNow();
        var run = _retry.RunAsync(
            "Preparing the code",
            _ => ++_tries <= failures ? throw error : Task.FromResult(_tries),
            text => _said.Add((text, _time.GetUtcNow() - begun)),
            CancellationToken.None);
        while (!run.IsCompleted)
        {
            _time.Advance(TimeSpan.FromMilliseconds(100));
            await Task.Yield();
        }

        return await run;
    }

    /// <summary>Notes what is waited for: how far the clock got meanwhile is a matter of luck.</summary>
    private sealed class NotingTime : FakeTimeProvider
    {
        public List<TimeSpan> Waits { get; } = [];

        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
        {
            Waits.Add(dueTime);
            return base.CreateTimer(callback, state, dueTime, period);
        }
    }
}
