using System.Collections.Concurrent;
using System.Threading.Channels;
using JobServer.Contracts.V1;

namespace JobServer.RunnerAgent.Tests.EndToEnd;

/// <summary>What the test's coordinator knows, and the levers by which a test breaks it.</summary>
internal sealed class CoordinatorRows
{
    public const string Token = "token-of-the-backend";

    /// <summary>What its clock tells more than this machine's.</summary>
    public TimeSpan ClockAhead { get; set; }

    private long _epoch;

    public ConcurrentDictionary<string, byte[]> Blobs { get; } = new();

    public ConcurrentDictionary<(string Job, string Path), MemoryStream> Uploads { get; } = new();

    public ConcurrentQueue<Status> Applied { get; } = new();

    public ConcurrentQueue<CommitOutputsRequest> Commits { get; } = new();

    public ConcurrentQueue<AgentFrame> Frames { get; } = new();

    public ConcurrentDictionary<string, Assign> Leased { get; } = new();

    public ConcurrentDictionary<Attempt, TestLog> Logs { get; } = new();

    /// <summary>What every frame of a log is answered with; unspecified: it is taken.</summary>
    public LogRefusal LogRefusal { get; set; }

    /// <summary>Bytes of a log after which its stream breaks, without an answer; 0: never.</summary>
    public int BreakLogAfter { get; set; }

    /// <summary>Chunks that arrive damaged.</summary>
    public int DamagedChunks { get; set; }

    /// <summary>Bytes after which the next upload breaks; 0: none.</summary>
    public int BreakUploadAfter { get; set; }

    public int BreakFetchAfter { get; set; }

    /// <summary>So many fetches are answered that the store is away.</summary>
    public int FailFetches { get; set; }

    /// <summary>So many uploads are thrown away at their end.</summary>
    public int DamageUploads { get; set; }

    public bool RefuseCommits { get; set; }

    /// <summary>Calls of the data connection are taken and never answered.</summary>
    public bool Hangs { get; set; }

    /// <summary>How many calls have come to hang.</summary>
    public int Hanging { get; set; }

    /// <summary>How many answers without a byte were given.</summary>
    public int EmptyChunks { get; set; }

    /// <summary>A fetch is answered again and again, without a byte of the blob.</summary>
    public bool FetchesNothing { get; set; }

    public ConcurrentDictionary<long, (Channel<CoordinatorFrame> Out, CancellationTokenSource Cut)> Sessions { get; } = new();

    public long NextEpoch() => Interlocked.Increment(ref _epoch);

    public void Send(CoordinatorFrame frame) => Sessions[Sessions.Keys.Max()].Out.Writer.TryWrite(frame);

    public void CutAll()
    {
        foreach (var (_, cut) in Sessions.Values)
            cut.Cancel();
        Sessions.Clear();
    }

    public void Assign(Assign assign)
    {
        Leased[assign.Attempt.JobId] = assign;
        Send(new CoordinatorFrame { Assign = assign });
    }

    public long AppliedSequence(Attempt attempt) =>
        Applied.Where(status => status.Attempt.Equals(attempt)).Select(status => status.Sequence).DefaultIfEmpty().Max();

    public Status? End(string job) => Applied.FirstOrDefault(status =>
        status.Attempt.JobId == job && status.Kind is StatusKind.Succeeded or StatusKind.Failed or StatusKind.Interrupted);
}
