namespace JobServer.Portal.Studies;

/// <param name="Number">Counted from 1.</param>
/// <param name="IsMeant">The line that the problem is about.</param>
internal sealed record SourceLine(int Number, string Text, bool IsMeant);
