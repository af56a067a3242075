using JobServer.Data.Jobs;
using JobServer.Domain.Jobs;
using JobServer.RunnerAgent.Journal;

namespace JobServer.Chaos.Tests.History;

/// <summary>One job that ran once and well, as rows and journal would tell it; tests then break one thing.</summary>
internal static class DoctoredRun
{
    public const string JobId = "abcdefghijklmnop";

    public static AttemptKey Attempt { get; } = new(JobId, 1);

    public static RunHistory Good()
    {
        var job = new Job
        {
            Id = JobId,
            JobRequestId = 1,
            Action = "extract",
            Image = "sh",
            ImageVersion = "latest",
            Arguments = [],
            Outputs = [],
            State = JobState.Succeeded,
            StatusCode = JobStatusCode.Succeeded,
            Fence = 1,
            ManifestDigest = Manifests.DigestOf([]),
        };
        return new RunHistory
        {
            Jobs = [job],
            Requests = [Request()],
            Events =
            [
                Event(1, JobEventKind.Created, JobState.Pending),
                Event(2, JobEventKind.Leased, JobState.Pending, fence: 1),
                Event(3, JobEventKind.Reported, JobState.Running, fence: 1, sequence: 1),
                Event(4, JobEventKind.Reported, JobState.Succeeded, fence: 1, sequence: 2),
            ],
            Journals = Journal(
                new JournalEntry { Kind = JournalEntryKind.Identity, AgentId = "agent" },
                Entry(JournalEntryKind.Attempt),
                Entry(JournalEntryKind.Started),
                Entry(JournalEntryKind.Acknowledged) with { Sequence = 2 }),
            Starts = [new SandboxStart("agent-1", Attempt)],
            FirstSeen = new Dictionary<string, EndedRow>(StringComparer.Ordinal) { [JobId] = EndedRow.Of(job) },
        };
    }

    public static JobEvent Event(long id, JobEventKind kind, JobState state, long fence = 0, long sequence = 0) => new()
    {
        Id = id,
        JobId = JobId,
        At = DateTimeOffset.UnixEpoch,
        Kind = kind,
        State = state,
        StatusCode = JobStatusCode.Created,
        Fence = fence,
        Sequence = sequence,
        AgentId = fence > 0 ? "agent" : null,
    };

    public static JournalEntry Entry(JournalEntryKind kind) => new() { Kind = kind, JobId = JobId, Fence = 1 };

    public static Dictionary<string, IReadOnlyList<JournalEntry>> Journal(params JournalEntry[] entries) =>
        new(StringComparer.Ordinal) { ["agent-1"] = entries };

    private static JobRequest Request() => new()
    {
        Id = 1,
        Identifier = "aaaaaaaaaaaaaaaa",
        RequestedActions = [],
        Branch = "main",
        Commit = "",
        ProjectDefinition = "",
        SucceededJobs = 1,
    };
}
