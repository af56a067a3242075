namespace JobServer.Portal.Logs;

/// <summary>A stretch of a log to show: text of the job, or a note of ours in its place.</summary>
internal sealed record LogPart(string Text, bool IsNote = false);
