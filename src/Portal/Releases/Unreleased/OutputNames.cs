using JobServer.Domain.Jobs;
using JobServer.Outputs;

namespace JobServer.Portal.Releases.Unreleased;

/// <summary>What a project reads of a file's name before its release.</summary>
internal static class OutputNames
{
    /// <summary>project.yaml says this path letter for letter.</summary>
    public static bool IsNamed(string path, IReadOnlyList<JobOutputSpec> outputs) => outputs.Any(output => output.Pattern == path);

    /// <summary>
    /// The path where project.yaml says it letter for letter. A name that an action chose itself is content like any other and
    /// waits for the decision: the pattern stands for it.
    /// </summary>
    public static string Of(string path, IReadOnlyList<JobOutputSpec> outputs) => IsNamed(path, outputs)
        ? path
        : outputs.FirstOrDefault(output => OutputPattern.Parse(output.Pattern, out var pattern) is null && pattern!.IsMatch(path))?.Pattern ?? "";
}
