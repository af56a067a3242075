namespace JobServer.RunnerAgent.Execution;

/// <summary>An image that actions may name.</summary>
public sealed class ImageOptions
{
    /// <summary>Put before the words of the action, like the entry point of a container.</summary>
    public List<string> Entrypoint { get; } = [];

    /// <summary>Docker: the repository that holds it, such as <c>registry.example.org/research/python</c>; empty: the registry of the site and the name.</summary>
    public string Reference { get; set; } = "";

    /// <summary>Bubblewrap: names that the action may call, and where they are on this machine.</summary>
    public Dictionary<string, string> Tools { get; } = new(StringComparer.Ordinal);

    /// <summary>Versions that may be asked for, such as <c>latest</c> and <c>v2</c>; empty: any.</summary>
    public List<string> Versions { get; } = [];
}
