using JobServer.Data.Backends;
using JobServer.Domain.Backends;
using JobServer.Domain.Pipelines;
using JobServer.Outputs.Disclosure;

namespace JobServer.Portal.Pages.Admin.Backends;

/// <summary>What the forms of a backend's settings send; empty numbers leave a time to its setting.</summary>
internal sealed record SettingsInput
{
    private const int MostMinutes = 30 * 24 * 60;
    private const int MostSeconds = 24 * 60 * 60;

    public string? Name { get; init; }

    public string? Slug { get; init; }

    public ReleasePolicy Release { get; init; }

    public LogPolicy Log { get; init; }

    /// <summary>Null for the site's.</summary>
    public PipelineDialect? Dialect { get; init; }

    /// <summary>The name of a profile of disclosure checks.</summary>
    public string? Profile { get; init; }

    public int? JobMinutes { get; init; }

    public int? SilentMinutes { get; init; }

    public int? Heartbeat { get; init; }

    public int? Silence { get; init; }

    public int? Lease { get; init; }

    public int? AssignmentAnswer { get; init; }

    public int? CancelGrace { get; init; }

    public BackendLimits Limits => new()
    {
        JobTime = Minutes(JobMinutes),
        JobSilence = Minutes(SilentMinutes),
        Timing = new BackendTiming
        {
            Heartbeat = Seconds(Heartbeat),
            Silence = Seconds(Silence),
            Lease = Seconds(Lease),
            AssignmentAnswer = Seconds(AssignmentAnswer),
            CancelGrace = Seconds(CancelGrace),
        },
    };

    /// <summary>The field and what is wrong; null when all can be kept. An empty time counts as the Coordinator's usual one.</summary>
    public (string Field, string Problem)? LimitProblem
    {
        get
        {
            foreach (var (name, value, most) in new[]
            {
                (nameof(JobMinutes), JobMinutes, MostMinutes),
                (nameof(SilentMinutes), SilentMinutes, MostMinutes),
                (nameof(Heartbeat), Heartbeat, MostSeconds),
                (nameof(Silence), Silence, MostSeconds),
                (nameof(Lease), Lease, MostSeconds),
                (nameof(AssignmentAnswer), AssignmentAnswer, MostSeconds),
                (nameof(CancelGrace), CancelGrace, MostSeconds),
            })
            {
                if (value < 1 || value > most)
                {
                    return ($"Input.{name}", $"Give a number from 1 to {most}, or leave it empty.");
                }
            }

            return Limits.Timing.Or(BackendTiming.Standard).Problem(BackendTiming.StandardMargin) is { } problem
                ? ($"Input.{nameof(Heartbeat)}", $"{problem} An empty time counts as the Coordinator's usual one.")
                : null;
        }
    }

    public static SettingsInput Of(Backend backend) => new()
    {
        Name = backend.Name,
        Slug = backend.Slug,
        Release = backend.ReleasePolicy,
        Log = backend.LogPolicy,
        Dialect = backend.Dialect,
        Profile = DisclosureProfiles.Find(backend.DisclosureProfile).Name,
        JobMinutes = (int?)backend.JobTimeLimit?.TotalMinutes,
        SilentMinutes = (int?)backend.JobSilenceLimit?.TotalMinutes,
        Heartbeat = (int?)backend.Timing.Heartbeat?.TotalSeconds,
        Silence = (int?)backend.Timing.Silence?.TotalSeconds,
        Lease = (int?)backend.Timing.Lease?.TotalSeconds,
        AssignmentAnswer = (int?)backend.Timing.AssignmentAnswer?.TotalSeconds,
        CancelGrace = (int?)backend.Timing.CancelGrace?.TotalSeconds,
    };

    private static TimeSpan? Minutes(int? number) => number is { } given ? TimeSpan.FromMinutes(given) : null;

    private static TimeSpan? Seconds(int? number) => number is { } given ? TimeSpan.FromSeconds(given) : null;
}
