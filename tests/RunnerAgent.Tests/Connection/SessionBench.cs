using System.Collections.Concurrent;
using System.Threading.Channels;
using JobServer.Contracts.V1;
using JobServer.RunnerAgent.Connection;
using JobServer.RunnerAgent.Execution;
using JobServer.RunnerAgent.Journal;
using JobServer.RunnerAgent.Tests.Journal;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;

namespace JobServer.RunnerAgent.Tests.Connection;

/// <summary>A session over frames in memory, with a coordinator that is the test itself and time that stands.</summary>
internal sealed class SessionBench : IDisposable
{
    private readonly TempDirectory _temp = new();
    private readonly CancellationTokenSource _stop = new();
    private readonly AgentSession _session;
    private readonly AgentWake _wake = new();
    private Channel<CoordinatorFrame> _in = Channel.CreateUnbounded<CoordinatorFrame>();

    public SessionBench()
    {
        var options = Options.Create(new AgentOptions { StateDirectory = _temp.Path, StandardSlots = 2, DatabaseSlots = 0 });
        options.Value.Limits.DiskFloor = 0;
        Journal = new AgentJournal(Storage, new SeededAgentRandom(1), Time);
        Work = new FakeWork(Journal, _wake);
        Attempts = new AttemptTable(options, Journal, Work, _wake, Time, NullLogger<AttemptTable>.Instance);
        Attempts.Begin(_stop.Token);
        var random = new SeededAgentRandom(5);
        _session = new AgentSession(
            options, Journal, Attempts, _wake, Live, new AgentInstance(random), random, Time, NullLogger<AgentSession>.Instance);
    }

    public FakeTimeProvider Time { get; } = new();

    public RecordingStorage Storage { get; } = new();

    public AgentJournal Journal { get; }

    public AttemptTable Attempts { get; }

    public FakeWork Work { get; }

    public LiveSession Live { get; } = new();

    public ConcurrentQueue<AgentFrame> Said { get; } = new();

    /// <summary>While it is set and not done, nothing that is written gets through.</summary>
    public TaskCompletionSource? Held { get; set; }

    public Task<SessionEnd> Start()
    {
        _in = Channel.CreateUnbounded<CoordinatorFrame>();
        Said.Clear();
        var reader = _in.Reader;
        return _session.RunAsync(
            new SessionLink
            {
                Read = async token => await reader.WaitToReadAsync(token) && reader.TryRead(out var frame) ? frame : null,
                Write = async (frame, token) =>
                {
                    if (Held is { } held)
                        await held.Task.WaitAsync(token);

                    Said.Enqueue(frame.Clone());

                    // As a coordinator does it.
                    if (frame.Bye is not null)
                        Close();
                },
            },
            _stop.Token);
    }

    public async Task<Task<SessionEnd>> WelcomedAsync(params Verdict[] verdicts)
    {
        var session = Start();
        Send(new CoordinatorFrame
        {
            Welcome = new Welcome
            {
                SessionEpoch = 4,
                HistoryId = "history",
                HeartbeatIntervalMs = 10_000,
                SilenceTimeoutMs = 30_000,
                Mode = AgentMode.Active,
                Verdicts = { verdicts },
            },
        });
        await SaidAsync(frame => frame.Credits is not null, "credits");
        return session;
    }

    public void Send(CoordinatorFrame frame) => _in.Writer.TryWrite(frame);

    public void Close() => _in.Writer.TryComplete();

    public void Stop() => _stop.Cancel();

    public async Task<AgentFrame> SaidAsync(Func<AgentFrame, bool> which, string what)
    {
        await Wait.UntilAsync(() => Said.Any(which), $"{what}; said: {string.Join(" ", Said.Select(frame => frame.FrameCase))}", 10);
        return Said.First(which);
    }

    public static Assign Job(string id, long fence = 1) => new()
    {
        Attempt = new Attempt { JobId = id, Fence = fence },
        Spec = new JobSpec { Kind = JobKind.Standard, Workspace = "w", Action = "a", Image = "sh", ImageVersion = "latest" },
    };

    public void Dispose()
    {
        _stop.Cancel();
        _temp.Dispose();
        _stop.Dispose();
    }
}
