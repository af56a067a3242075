using System.Text.Json;

namespace JobServer.Portal.CodeHosts;

/// <summary>Reads GitHub's list of commits, of which we show little.</summary>
internal static class GitHubCommits
{
    /// <exception cref="IOException">It is no list of commits.</exception>
    public static IReadOnlyList<CommitLine> Read(ReadOnlyMemory<byte> json, int most)
    {
        try
        {
            using var list = JsonDocument.Parse(json);
            return [.. list.RootElement.EnumerateArray().Take(most).Select(Line)];
        }
        catch (Exception nonsense) when (nonsense is JsonException or InvalidOperationException or KeyNotFoundException or FormatException)
        {
            throw new IOException("GitHub's list of commits cannot be read.", nonsense);
        }
    }

    private static CommitLine Line(JsonElement item)
    {
        var sha = item.GetProperty("sha").GetString();
        if (!CodeCommit.IsSha(sha))
            throw new FormatException("A commit has no usable name.");
        var commit = item.GetProperty("commit");
        var author = commit.GetProperty("author");
        return new CommitLine(
            new CodeCommit(sha!), CommitLine.TitleOf(commit.GetProperty("message").GetString()),
            CommitLine.TitleOf(author.GetProperty("name").GetString()), author.GetProperty("date").GetDateTimeOffset());
    }
}
