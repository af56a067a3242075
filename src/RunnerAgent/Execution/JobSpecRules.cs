using JobServer.Contracts.V1;
using JobServer.Outputs;

namespace JobServer.RunnerAgent.Execution;

/// <summary>What must hold of an assignment before anything is done with it: its words become paths and processes.</summary>
internal static class JobSpecRules
{
    private const int MaxNameLength = 200;
    private const int MaxWords = 10_000;

    /// <returns>What is wrong; null when nothing is.</returns>
    public static string? Problem(JobSpec? spec)
    {
        if (spec is null)
            return "there is no specification";
        if (spec.Kind is not (JobKind.Standard or JobKind.Database))
            return $"the kind of job {(int)spec.Kind} is unknown";
        if (!IsName(spec.Workspace))
            return "the workspace's name cannot be used";
        if (!IsName(spec.Action))
            return "the action's name may hold only letters, digits, spaces, dots, hyphens and underscores";
        if (spec.Image.Length > MaxNameLength || spec.ImageVersion.Length > MaxNameLength)
            return $"the image's name has more than {MaxNameLength} characters";
        if (spec.Arguments.Count > MaxWords || spec.Arguments.Any(word => word.Contains('\0', StringComparison.Ordinal)))
            return "the arguments cannot be used";

        return spec.Outputs
            .Select(output => OutputPattern.Parse(output.Pattern, out _) is { } problem ? $"output {output.Pattern}: {problem}" : null)
            .FirstOrDefault(problem => problem is not null);
    }

    private static bool IsName(string text) =>
        text.Length is > 0 and <= MaxNameLength
        && text[0] != '.'
        && text.All(c => char.IsLetterOrDigit(c) || c is '_' or '-' or '.' or ' ');
}
