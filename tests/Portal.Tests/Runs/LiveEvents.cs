namespace JobServer.Portal.Tests.Runs;

/// <summary>Reads server-sent events.</summary>
internal static class LiveEvents
{
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(30);

    /// <summary>The first event that holds a text.</summary>
    public static async Task<string> UntilAsync(StreamReader events, string text)
    {
        var lines = new List<string>();
        while (await events.ReadLineAsync().WaitAsync(Deadline) is { } line)
        {
            lines.Add(line);
            if (line.Length > 0)
                continue;
            var whole = string.Join('\n', lines);
            if (whole.Contains(text, StringComparison.Ordinal))
                return whole;
            lines.Clear();
        }

        throw new InvalidOperationException($"The stream ended without '{text}'.");
    }
}
