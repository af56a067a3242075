using Xunit;

namespace JobServer.TestCommon;

/// <summary>A fact that needs programs of the machine; where one is missing it is skipped by name.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class RequiresProgramAttribute : FactAttribute
{
    public RequiresProgramAttribute(params string[] programs)
    {
        Programs = programs;
        if (Programs.Where(program => !IsInstalled(program)).ToList() is { Count: > 0 } missing)
        {
            Skip = $"Not installed here: {string.Join(", ", missing)}.";
        }
    }

    public IReadOnlyList<string> Programs { get; }

    private static bool IsInstalled(string program) =>
        (Environment.GetEnvironmentVariable("PATH") ?? "")
        .Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries)
        .Any(folder => File.Exists(Path.Combine(folder, program)));
}
