using System.Text;
using JobServer.TestCommon;
using Microsoft.Data.Sqlite;

namespace JobServer.Portal.Tests.Pages;

internal static class Secrets
{
    /// <summary>Looks through the bytes of the database and its log.</summary>
    public static async Task AssertNotInDatabaseAsync(TestDatabase database, string secret)
    {
        await using var connection = new SqliteConnection(database.ConnectionString);
        await connection.OpenAsync();
        var files = Directory.GetFiles(database.Folder, "jobserver.db*");
        Assert.NotEmpty(files);
        foreach (var file in files)
        {
            await using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            using var content = new MemoryStream();
            await stream.CopyToAsync(content);
            Assert.True(content.ToArray().AsSpan().IndexOf(Encoding.UTF8.GetBytes(secret)) < 0, $"{Path.GetFileName(file)} holds the secret.");
        }
    }
}
