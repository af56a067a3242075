namespace JobServer.RunnerAgent.Execution;

/// <summary>An image that can be run.</summary>
internal sealed record ReadyImage
{
    /// <summary>What exactly is run, and kept with the job: an image's digest; empty where the machine's own tools stand for it.</summary>
    public string Identity { get; init; } = "";

    /// <summary>Put before the words of the action.</summary>
    public IReadOnlyList<string> Entrypoint { get; init; } = [];

    /// <summary>Names that the action may call, and where they are on this machine.</summary>
    public IReadOnlyDictionary<string, string> Tools { get; init; } = new Dictionary<string, string>();

    /// <summary>It has a command of its own, so that an action needs no words.</summary>
    public bool HasCommand { get; init; }
}
