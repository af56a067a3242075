using JobServer.Data;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;

namespace JobServer.TestCommon;

/// <summary>A migrated, empty file, made once for each test process: copying it is much faster than migrating again.</summary>
internal static class TemplateDatabase
{
    private static readonly Lazy<Task<string>> Template = new(MakeAsync);

    public static async Task CopyToAsync(string path) => File.Copy(await Template.Value, path);

    private static async Task<string> MakeAsync()
    {
        var folder = Directory.CreateTempSubdirectory("jobserver-template-").FullName;
        AppDomain.CurrentDomain.ProcessExit += (_, _) => Directory.Delete(folder, recursive: true);
        var path = Path.Combine(folder, "template.db");
        await using var services = TestServices.Build(folder, path, new FakeTimeProvider(TestDatabase.Start), seed: 0);
        await services.GetRequiredService<DatabaseMigrator>().MigrateAsync(CancellationToken.None);

        // The last connection to close writes everything into the one file that is copied.
        SqliteConnection.ClearAllPools();
        return path;
    }
}
