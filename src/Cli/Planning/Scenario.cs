using System.Text.Json;
using System.Text.Json.Serialization;
using JobServer.Domain.Pipelines;

namespace JobServer.Cli.Planning;

/// <summary>A request to plan, with what the workspace already has.</summary>
internal sealed record Scenario(
    [property: JsonRequired] string Id,
    [property: JsonRequired] string File,
    [property: JsonRequired] IReadOnlyList<string> Requested,
    bool Force,
    IReadOnlyDictionary<string, PriorState>? Prior)
{
    private static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web)
    {
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.SnakeCaseLower, allowIntegerValues: false) },
        RespectNullableAnnotations = true,
    };

    /// <exception cref="JsonException">The line is not a scenario.</exception>
    public static Scenario Parse(string line) =>
        JsonSerializer.Deserialize<Scenario>(line, Options) ?? throw new JsonException("A scenario is an object.");

    public WorkspaceState State()
    {
        var latest = new Dictionary<string, ExistingJob>(StringComparer.Ordinal);
        foreach (var (action, prior) in Prior ?? new Dictionary<string, PriorState>(StringComparer.Ordinal))
        {
            ExistingJobState? state = prior switch
            {
                PriorState.Pending => ExistingJobState.Pending,
                PriorState.Running => ExistingJobState.Running,
                PriorState.Succeeded => ExistingJobState.Succeeded,
                PriorState.Failed => ExistingJobState.Failed,
                PriorState.Cancelled => null,
            };
            if (state is { } known) latest.Add(action, new ExistingJob("job-of-" + action, known));
        }

        return new WorkspaceState(latest);
    }

    /// <summary>Answers list the actions that already had a job first, in the order of the scenario: the tools that
    /// read them keep one row for each action, and a new job takes the row of the old one.</summary>
    public JobPlan InOrderOfWorkspace(JobPlan plan)
    {
        if (plan is not JobPlan.Planned { Jobs: var jobs } || Prior is null) return plan;
        var rows = Prior.Where(p => p.Value != PriorState.Cancelled).Select((p, row) => (p.Key, row))
            .ToDictionary(p => p.Key, p => p.row, StringComparer.Ordinal);
        return new JobPlan.Planned([.. jobs.OrderBy(j => rows.GetValueOrDefault(j.Action.Name, int.MaxValue))]);
    }
}
