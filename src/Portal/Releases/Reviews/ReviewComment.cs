namespace JobServer.Portal.Releases.Reviews;

/// <summary>What somebody said about a request.</summary>
internal sealed record ReviewComment(string Author, string Text, int Turn, DateTimeOffset At);
