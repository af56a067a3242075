namespace JobServer.Domain.Pipelines;

/// <summary>A valid project.yaml: names are unique, every need is an action of the same pipeline, there are no cycles.</summary>
public sealed class Pipeline
{
    /// <summary>The word that asks for every action.</summary>
    public const string RunAll = "run_all";

    private readonly Dictionary<string, PipelineAction> _byName;

    public Pipeline(double version, IReadOnlyList<PipelineAction> actions)
    {
        ArgumentNullException.ThrowIfNull(actions);
        Version = version;
        Actions = actions;
        _byName = actions.ToDictionary(a => a.Name, StringComparer.Ordinal);
    }

    /// <summary>The version the file gives; the rules compare it as a number, so 2.5 is between 2 and 3.</summary>
    public double Version { get; }

    /// <summary>In the order of the file.</summary>
    public IReadOnlyList<PipelineAction> Actions { get; }

    /// <summary>What `run_all` stands for: every action but one that has that very name.</summary>
    public IEnumerable<PipelineAction> AllActions => Actions.Where(a => !string.Equals(a.Name, RunAll, StringComparison.Ordinal));

    /// <summary>The action of that name (letter case matters), or null.</summary>
    public PipelineAction? Find(string name) => _byName.GetValueOrDefault(name);
}
