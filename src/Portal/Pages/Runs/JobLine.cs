using JobServer.Domain.Jobs;

namespace JobServer.Portal.Pages.Runs;

/// <summary>A job as lists show it.</summary>
internal sealed record JobLine
{
    public required string Id { get; init; }

    public required int RequestNumber { get; init; }

    public required string Action { get; init; }

    public required JobState State { get; init; }

    public required JobStatusCode Code { get; init; }

    public required string StatusMessage { get; init; }

    /// <summary>The slug of its backend; empty where nobody asked.</summary>
    public string Backend { get; init; } = "";

    public required DateTimeOffset? StartedAt { get; init; }

    public required DateTimeOffset? CompletedAt { get; init; }

    /// <summary>Why it waits and its place in the queue; null when it does not wait, or nobody asked.</summary>
    public string? Waits { get; init; }

    public string Message => Waits is not null ? Waits : StatusMessage.Length > 0 ? StatusMessage : Code.DefaultMessage();

    public bool IsEnded => State is JobState.Succeeded or JobState.Failed;

    /// <summary>So far, for a job that runs.</summary>
    public TimeSpan? Runtime(DateTimeOffset now) => StartedAt is { } start ? (CompletedAt ?? now) - start : null;

    public static IQueryable<JobLine> From(IQueryable<Job> jobs) => jobs.Select(job => new JobLine
    {
        Id = job.Id,
        RequestNumber = job.JobRequestId,
        Action = job.Action,
        State = job.State,
        Code = job.StatusCode,
        StatusMessage = job.StatusMessage,
        StartedAt = job.StartedAt,
        CompletedAt = job.CompletedAt,
    });
}
