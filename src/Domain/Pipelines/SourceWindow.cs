namespace JobServer.Domain.Pipelines;

/// <summary>Part of a line of a file.</summary>
/// <param name="Text">Fit to show.</param>
/// <param name="Caret">Where in it the place is, from 0, in UTF-16 units.</param>
/// <param name="IsCutBefore">Whether the line has more before it.</param>
/// <param name="IsCutAfter">Whether the line has more after it.</param>
public sealed record SourceWindow(string Text, int Caret, bool IsCutBefore, bool IsCutAfter);
