using System.Text;

namespace JobServer.Outputs;

/// <summary>What paths and patterns have in common.</summary>
internal static class PathRules
{
    public static string? Problem(string? text, bool allowStar)
    {
        if (string.IsNullOrEmpty(text))
            return "the path is empty";
        if (text[0] == '/')
            return "the path is absolute; it must be relative to the workspace";
        if (text.Length > WorkspacePath.MaxLength || Utf8Length(text) is not { } bytes)
            return text.Length > WorkspacePath.MaxLength ? TooLong : "the path is not valid Unicode";
        if (bytes > WorkspacePath.MaxLength)
            return TooLong;

        foreach (var character in text)
        {
            if (char.IsControl(character))
                return "the path contains a control character";
            if (character == '\\')
                return "the path contains a backslash; separate folders with /";
            if (character == '*' && !allowStar)
                return "the path contains *; only a pattern may";
        }

        var segments = text.Split('/');
        if (segments.Length > WorkspacePath.MaxSegments)
            return $"the path has more than {WorkspacePath.MaxSegments} parts";

        foreach (var segment in segments)
        {
            if (SegmentProblem(segment) is { } problem)
                return problem;
        }

        return null;
    }

    private static string TooLong => $"the path is longer than {WorkspacePath.MaxLength} bytes";

    private static string? SegmentProblem(string segment) => segment switch
    {
        "" => "the path has an empty part (// or a / at its end)",
        "." => "the path contains the part .",
        ".." => "the path contains the part ..",
        _ when Utf8Length(segment) > WorkspacePath.MaxSegmentLength =>
            $"a part of the path is longer than {WorkspacePath.MaxSegmentLength} bytes",
        _ => null,
    };

    /// <summary>Null for text with a lone surrogate: it has no bytes of its own.</summary>
    private static int? Utf8Length(string text)
    {
        try
        {
            return Strict.GetByteCount(text);
        }
        catch (EncoderFallbackException)
        {
            return null;
        }
    }

    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);
}
