using System.Diagnostics;

namespace JobServer.EndToEnd.Tests;

/// <summary>What the service, unlike a site, has on its disk.</summary>
internal static class FilesOfService
{
    /// <summary>No file of the database, the blob store or the mails has these words.</summary>
    /// <remarks>Another process looks: closing a database file in this one would drop SQLite's locks on it.</remarks>
    public static async Task AssertNoneHoldsAsync(string dataDirectory, string words)
    {
        Assert.Equal("", await FindAsync(dataDirectory, words));

        // The search does find what is there.
        Assert.NotEqual("", await FindAsync(dataDirectory, "project-developer"));
    }

    private static async Task<string> FindAsync(string folder, string words)
    {
        var start = new ProcessStartInfo("grep", ["-rlaF", "--exclude-dir=sites", "--exclude-dir=agents", "--exclude-dir=repositories", "-e", words, folder])
        {
            RedirectStandardOutput = true,
            UseShellExecute = false,
        };
        using var deadline = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        using var grep = Process.Start(start)!;
        var found = await grep.StandardOutput.ReadToEndAsync(deadline.Token);
        await grep.WaitForExitAsync(deadline.Token);
        return found;
    }
}
