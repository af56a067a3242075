namespace JobServer.Architecture.Tests;

/// <summary>Which project may reference which. The same table is in ARCHITECTURE.md.</summary>
internal static class ReferenceTable
{
    private static readonly Dictionary<string, string[]> Allowed = new(StringComparer.Ordinal)
    {
        ["Contracts"] = [],
        ["Outputs"] = [],
        ["ServiceDefaults"] = [],
        ["Domain"] = ["Outputs"],
        ["Data"] = ["Domain"],
        ["Data.Sqlite"] = ["Data"],
        ["Data.SqlServer"] = ["Data"],
        ["Coordinator"] = ["Contracts", "Data", "Data.Sqlite", "Data.SqlServer", "ServiceDefaults"],
        ["Portal"] = ["Contracts", "Data", "Data.Sqlite", "Data.SqlServer", "ServiceDefaults"],
        ["RunnerAgent"] = ["Contracts", "Outputs", "ServiceDefaults"],
        ["Cli"] = ["Domain", "Outputs", "Contracts"],
        ["AllInOne"] = ["Coordinator", "Portal", "RunnerAgent"],
    };

    public static IEnumerable<string> Rows => Allowed.Keys;

    public static IEnumerable<string> Violations(ProjectFile project)
    {
        if (!Allowed.TryGetValue(project.Name, out var allowed))
            return [$"{project.Name} is not in the reference table: decide what it may reference, and add a row here and in ARCHITECTURE.md."];

        return project.References
            .Except(allowed, StringComparer.Ordinal)
            .Select(reference => $"{project.Name} may not reference {reference}; it may reference {(allowed.Length == 0 ? "nothing of ours" : string.Join(", ", allowed))}.");
    }
}
