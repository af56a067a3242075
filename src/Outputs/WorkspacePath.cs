namespace JobServer.Outputs;

/// <summary>
/// A relative POSIX path inside a workspace, such as <c>output/table.csv</c>. Everything that names
/// a file between site and server is one of these; the default value is not valid.
/// </summary>
public readonly record struct WorkspacePath
{
    /// <summary>In UTF-8 bytes.</summary>
    public const int MaxLength = 1024;

    /// <summary>In UTF-8 bytes; what common file systems take.</summary>
    public const int MaxSegmentLength = 255;

    public const int MaxSegments = 32;

    private WorkspacePath(string value) => Value = value;

    public string Value { get; }

    /// <summary>In lower case with its dot, or empty.</summary>
    public string Extension => Path.GetExtension(Value).ToLowerInvariant();

    /// <param name="text">Any text, however hostile.</param>
    /// <param name="path">The path, if the text is one.</param>
    /// <returns>What is wrong, for people; null when nothing is.</returns>
    public static string? Parse(string? text, out WorkspacePath path)
    {
        path = default;
        var problem = PathRules.Problem(text, allowStar: false);
        if (problem is null)
            path = new WorkspacePath(text!);

        return problem;
    }

    public static bool IsValid(string? text) => Parse(text, out _) is null;

    public override string ToString() => Value;
}
