using JobServer.Outputs;

namespace JobServer.Cli.Outputs;

/// <summary>A file that was named on the command line, and as what a workspace would know it.</summary>
/// <param name="Given">As it can be opened.</param>
/// <param name="Path">As the rules see it.</param>
/// <param name="Problem">Why it cannot be checked; null when it can.</param>
internal sealed record OutputPath(string Given, WorkspacePath Path, string? Problem)
{
    public static IEnumerable<OutputPath> Expand(string given) => Directory.Exists(given)
        ? Directory.EnumerateFiles(given, "*", SearchOption.AllDirectories).Order(StringComparer.Ordinal).Select(Of)
        : [Of(given)];

    private static OutputPath Of(string given)
    {
        // Only below this folder is a path one of a workspace.
        var relative = System.IO.Path.GetRelativePath(".", given).Replace('\\', '/');
        var inside = relative.StartsWith("../", StringComparison.Ordinal) || System.IO.Path.IsPathRooted(relative) ? System.IO.Path.GetFileName(given) : relative;
        var problem = WorkspacePath.Parse(inside, out var path);
        return new OutputPath(given, path, problem ?? (File.Exists(given) ? null : "there is no such file"));
    }
}
