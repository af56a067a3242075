namespace JobServer.Coordinator.Commands;

/// <summary>Says which names there are to whoever gave a wrong one.</summary>
internal static class Known
{
    private const int Most = 50;

    public static string Of(string what, IReadOnlyList<string> names) => names.Count switch
    {
        0 => $"There are no {what} yet.",
        > Most => $"There are {names.Count} {what}; the command `{what} list` shows them.",
        _ => $"There are: {string.Join(", ", names)}.",
    };
}
