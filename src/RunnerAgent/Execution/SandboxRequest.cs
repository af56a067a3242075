namespace JobServer.RunnerAgent.Execution;

internal sealed record SandboxRequest
{
    public required AttemptDirectory Directory { get; init; }

    public required ReadyImage Image { get; init; }

    /// <summary>After the image's entry point.</summary>
    public required IReadOnlyList<string> Arguments { get; init; }

    public required IReadOnlyDictionary<string, string> Environment { get; init; }

    public required SandboxLimits Limits { get; init; }

    public IReadOnlyList<string> Command => [.. Image.Entrypoint, .. Arguments];
}
