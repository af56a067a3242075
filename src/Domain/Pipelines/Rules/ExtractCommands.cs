namespace JobServer.Domain.Pipelines.Rules;

/// <summary>The commands that extract data, told by the text of `run` as they always were: image, version, exactly one
/// blank, command.</summary>
internal static class ExtractCommands
{
    private static readonly string[] OldDatasets =
    [
        "cohortextractor-v2:latest generate_cohort",
        "cohortextractor-v2:latest generate_dataset",
        "databuilder:latest generate_dataset",
    ];

    public static bool IsGenerateCohort(string? run) => Starts(run, "cohortextractor:", "generate_cohort");

    public static bool IsGenerateDataset(string? run) =>
        Starts(run, "ehrql:", "generate-dataset") || Starts(run, "ehrql:", "generate_dataset")
        || Starts(run, "databuilder:", "generate-dataset") || Starts(run, "databuilder:", "generate_dataset");

    /// <summary>The dataset commands that only the rules of 2022 judge, and only at this one version.</summary>
    public static bool IsOldDataset(string? run) =>
        run is not null && OldDatasets.Any(start => run.StartsWith(start, StringComparison.Ordinal));

    /// <summary>Whether `--name` or `--name=…` is among the words.</summary>
    public static bool HasOption(IReadOnlyList<string> words, string name) =>
        words.Any(w => w.StartsWith(name, StringComparison.Ordinal) && (w.Length == name.Length || w[name.Length] == '='));

    /// <summary>The value of the first `--name value` or `--name=value`, or null.</summary>
    public static string? Option(IReadOnlyList<string> words, string name)
    {
        for (var i = 0; i < words.Count; i++)
        {
            var word = words[i];
            if (!word.StartsWith(name, StringComparison.Ordinal)) continue;
            if (word.Length == name.Length) return i + 1 < words.Count ? words[i + 1] : null;
            if (word[name.Length] == '=') return word[(name.Length + 1)..];
        }

        return null;
    }

    private static bool Starts(string? run, string image, string command)
    {
        if (run is null || !run.StartsWith(image, StringComparison.Ordinal)) return false;
        var blank = run.AsSpan(image.Length).IndexOfAny(" \t\r\n");
        return blank > 0 && run[image.Length + blank] == ' '
            && run.AsSpan(image.Length + blank + 1).StartsWith(command, StringComparison.Ordinal);
    }
}
