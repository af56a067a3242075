namespace JobServer.Chaos.Tests.History;

/// <summary>What the programs wrote about themselves.</summary>
internal static class LogChecks
{
    /// <summary>An error is for an operator to act on: a fault that heals by itself is none.</summary>
    public static IEnumerable<Violation> NoErrorIsLogged(string folder) =>
        from path in Directory.EnumerateFiles(Path.Join(folder, "logs"), "*.log")
        from line in File.ReadLines(path)
        where line.Contains(" fail: ", StringComparison.Ordinal) || line.Contains(" crit: ", StringComparison.Ordinal)
            || line.StartsWith("Unhandled exception", StringComparison.Ordinal)
        select new Violation(nameof(NoErrorIsLogged), $"{Path.GetFileName(path)}: {(line.Length > 400 ? line[..400] : line)}");
}
