namespace JobServer.Portal.Live;

/// <summary>A thing that a page may watch: <c>new("request", "jx3k…")</c>.</summary>
internal readonly record struct ChangeKey(string Kind, string Id);
