namespace JobServer.Architecture.Tests;

/// <summary>The working tree that these tests read.</summary>
internal static class Repository
{
    private static readonly char[] Separators = ['/', '\\'];

    public static string Root { get; } = FindRoot();

    public static IReadOnlyList<ProjectFile> SourceProjects { get; } = Projects("src");

    public static IReadOnlyList<ProjectFile> TestProjects { get; } = Projects("tests");

    /// <summary>C# files written by hand, as paths relative to the root with forward slashes.</summary>
    public static IEnumerable<string> HandWrittenSources() =>
        Directory.EnumerateFiles(PathOf("src"), "*.cs", SearchOption.AllDirectories)
            .Select(file => Path.GetRelativePath(Root, file).Replace('\\', '/'))
            .Where(file => !file.Split(Separators).Any(part => part is "bin" or "obj" or "Migrations" or "node_modules"))
            .Order(StringComparer.Ordinal);

    public static string PathOf(string relative) => Path.Combine(Root, relative);

    private static IReadOnlyList<ProjectFile> Projects(string folder) =>
        [.. Directory.EnumerateFiles(PathOf(folder), "*.csproj", SearchOption.AllDirectories)
            .Order(StringComparer.Ordinal)
            .Select(ProjectFile.Load)];

    private static string FindRoot()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "JobServer.sln")))
                return folder.FullName;
        }

        throw new InvalidOperationException($"No JobServer.sln above {AppContext.BaseDirectory}.");
    }
}
