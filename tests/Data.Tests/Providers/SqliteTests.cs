using JobServer.Data.Sqlite;
using JobServer.TestCommon;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace JobServer.Data.Tests.Providers;

public sealed class SqliteTests : SiteTest
{
    private readonly SqliteProvider _provider = new();

    [Theory]
    [InlineData("journal_mode", "wal")]
    [InlineData("synchronous", "2")]
    [InlineData("foreign_keys", "1")]
    [InlineData("busy_timeout", "5000")]
    public async Task The_settings_that_keep_data_safe_hold_on_every_connection(string pragma, string expected)
    {
        for (var connection = 0; connection < 2; connection++)
        {
            Assert.Equal(expected, await PragmaAsync(pragma));
        }
    }

    [Fact]
    public async Task Migrating_a_new_file_makes_its_folder_and_migrating_again_does_nothing()
    {
        await using var services = TestServices.Build(
            Site.Database.Folder, Path.Combine(Site.Database.Folder, "new", "deep", "site.db"), Site.Clock, seed: 1);
        var migrator = (DatabaseMigrator)services.GetService(typeof(DatabaseMigrator))!;
        await migrator.MigrateAsync(None);
        await migrator.MigrateAsync(None);

        var contexts = (IDbContextFactory<JobServerDb>)services.GetService(typeof(IDbContextFactory<JobServerDb>))!;
        await using var db = await contexts.CreateDbContextAsync();
        Assert.Empty(await db.Database.GetPendingMigrationsAsync());
        Assert.False(db.Database.HasPendingModelChanges(), "The model has changes that no migration makes.");
    }

    [Fact]
    public async Task A_lock_row_left_by_a_killed_migration_does_not_block_a_start_with_nothing_to_migrate()
    {
        await Site.Database.WriteAsync((db, token) => db.Database.ExecuteSqlRawAsync(
            "CREATE TABLE IF NOT EXISTS __EFMigrationsLock (Id INTEGER PRIMARY KEY, Timestamp TEXT NOT NULL); "
            + "INSERT INTO __EFMigrationsLock (Id, Timestamp) VALUES (1, '2020-01-01')", token));

        await Site.Get<DatabaseMigrator>().MigrateAsync(None).WaitAsync(TimeSpan.FromSeconds(30));
    }

    [Fact]
    public void A_second_coordinator_is_refused_and_told_what_to_do()
    {
        using (_provider.ClaimCoordinator(Site.Database.ConnectionString))
        {
            var refused = Assert.Throws<InvalidOperationException>(() => _provider.ClaimCoordinator(Site.Database.ConnectionString));
            Assert.Contains(Site.Database.Path, refused.Message, StringComparison.Ordinal);
            Assert.Contains("stop the other process", refused.Message, StringComparison.Ordinal);
        }

        _provider.ClaimCoordinator(Site.Database.ConnectionString).Dispose();
    }

    private async Task<string?> PragmaAsync(string name)
    {
        await using var db = await Site.Database.OpenAsync();
        await db.Database.OpenConnectionAsync();
        await using var command = db.Database.GetDbConnection().CreateCommand();
        command.CommandText = $"PRAGMA {name}";
        return (await command.ExecuteScalarAsync())?.ToString();
    }
}
