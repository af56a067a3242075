namespace JobServer.Outputs;

/// <summary>Applies <see cref="OutputLimits"/> to one file.</summary>
public static class OutputChecks
{
    /// <param name="path">The file's path in the workspace; its extension decides how it is read.</param>
    /// <param name="size">In bytes.</param>
    /// <param name="open">Opens the content; called at most once, and only for a CSV file within the size that is not empty.</param>
    /// <param name="limits">What is allowed.</param>
    public static OutputVerdict Check(WorkspacePath path, long size, Func<Stream> open, OutputLimits limits)
    {
        var reasons = new List<string>();
        CsvShape? shape = null;

        if (size > limits.MaxBytes)
            reasons.Add($"the file is {Megabytes(size)} MiB; at most {Megabytes(limits.MaxBytes)} MiB may leave the site");

        if (!limits.AllowedExtensions.Contains(path.Extension, StringComparer.OrdinalIgnoreCase))
        {
            var kind = path.Extension.Length == 0 ? "files without an extension" : $"files of type {path.Extension}";
            reasons.Add($"{kind} may not leave the site; allowed are {string.Join(", ", limits.AllowedExtensions)}");
        }

        if (path.Extension == ".csv" && size > 0 && size <= limits.MaxBytes)
        {
            using var content = open();
            shape = CsvInspector.Inspect(content, limits, reasons);
        }

        return new OutputVerdict { Reasons = reasons, Shape = shape };
    }

    private static string Megabytes(long size) => (Math.Ceiling(size / 1024.0 / 1024.0 * 10) / 10).ToString("0.#");
}
