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
    IReadOnlyDictionary<string, ExistingJobState>? Prior)
{
    private static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web)
    {
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.SnakeCaseLower, allowIntegerValues: false) },
        RespectNullableAnnotations = true,
    };

    /// <exception cref="JsonException">The line is not a scenario.</exception>
    public static Scenario Parse(string line) =>
        JsonSerializer.Deserialize<Scenario>(line, Options) ?? throw new JsonException("A scenario is an object.");

    public WorkspaceState State() => Prior is null
        ? WorkspaceState.Empty
        : new WorkspaceState(Prior.ToDictionary(p => p.Key, p => new ExistingJob("job-of-" + p.Key, p.Value), StringComparer.Ordinal));
}
