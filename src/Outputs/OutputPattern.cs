namespace JobServer.Outputs;

/// <summary>
/// A relative POSIX path in which <c>*</c> stands for any run of characters within one part; it
/// never crosses a <c>/</c>. Letter case counts.
/// </summary>
public sealed class OutputPattern
{
    private readonly string[] _segments;

    private OutputPattern(string text)
    {
        Text = text;
        _segments = text.Split('/');
    }

    public string Text { get; }

    public bool IsLiteral => !Text.Contains('*', StringComparison.Ordinal);

    internal IReadOnlyList<string> Segments => _segments;

    /// <param name="text">Any text, however hostile.</param>
    /// <param name="pattern">The pattern, if the text is one.</param>
    /// <returns>What is wrong, for people; null when nothing is.</returns>
    public static string? Parse(string? text, out OutputPattern? pattern)
    {
        var problem = PathRules.Problem(text, allowStar: true);
        pattern = problem is null ? new OutputPattern(text!) : null;
        return problem;
    }

    public bool IsMatch(string path)
    {
        var parts = path.Split('/');
        if (parts.Length != _segments.Length)
            return false;

        for (var i = 0; i < parts.Length; i++)
        {
            if (!SegmentGlob.IsMatch(_segments[i], parts[i]))
                return false;
        }

        return true;
    }

    public override string ToString() => Text;
}
