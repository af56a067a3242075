using JobServer.Contracts.V1;

namespace JobServer.RunnerAgent.Journal;

/// <summary>One attempt of a job. Also the name of its directory, so the identifier is checked first.</summary>
internal readonly record struct AttemptKey(string JobId, long Fence)
{
    private const int MaxIdLength = 64;

    public static AttemptKey Of(Attempt attempt) => new(attempt.JobId, attempt.Fence);

    public bool IsValid =>
        Fence > 0
        && JobId is { Length: > 0 and <= MaxIdLength }
        && JobId.All(c => char.IsAsciiLetterOrDigit(c) || c == '_');

    public Attempt ToAttempt() => new() { JobId = JobId, Fence = Fence };

    public override string ToString() => $"{JobId}-{Fence}";
}
