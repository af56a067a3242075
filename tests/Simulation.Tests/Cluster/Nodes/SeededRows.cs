using JobServer.Domain.Backends;
using JobServer.TestCommon;
using Microsoft.Data.Sqlite;

namespace JobServer.Simulation.Tests.Cluster.Nodes;

/// <summary>The rows that every run begins with, made once: copying a file is much faster than migrating.</summary>
internal sealed record SeededRows
{
    private const int Workspaces = 6;

    private static readonly Lazy<SeededRows> Made = new(() => MakeAsync().GetAwaiter().GetResult());

    public static SeededRows Once => Made.Value;

    public required byte[] Database { get; init; }

    public required int BackendId { get; init; }

    public required int UserId { get; init; }

    public required string Token { get; init; }

    public required IReadOnlyList<int> WorkspaceIds { get; init; }

    /// <summary>As an administrator sets it before anything runs.</summary>
    public void SetLogPolicy(string connectionString, LogPolicy policy)
    {
        using var connection = new SqliteConnection(new SqliteConnectionStringBuilder(connectionString) { Pooling = false }.ToString());
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = "UPDATE Backends SET LogPolicy = $policy WHERE Id = $id";
        command.Parameters.AddWithValue("$policy", policy == LogPolicy.SiteOnly ? "site_only" : "project");
        command.Parameters.AddWithValue("$id", BackendId);
        Assert.Equal(1, command.ExecuteNonQuery());
    }

    private static async Task<SeededRows> MakeAsync()
    {
        await using var site = await TestSite.CreateAsync();
        var study = await site.CreateStudyAsync();
        var workspaces = new List<int>();
        for (var number = 0; number < Workspaces; number++)
        {
            workspaces.Add((await site.CreateWorkspaceAsync(study.Project, study.Developer)).Id);
        }

        var token = await site.CreateTokenAsync(study.Backend);
        await using (var connection = new SqliteConnection(site.Database.ConnectionString))
        {
            await connection.OpenAsync();
            await using var checkpoint = connection.CreateCommand();
            checkpoint.CommandText = "PRAGMA wal_checkpoint(TRUNCATE)";
            await checkpoint.ExecuteNonQueryAsync();
        }

        return new SeededRows
        {
            Database = await File.ReadAllBytesAsync(site.Database.Path),
            BackendId = study.Backend.Id,
            UserId = study.Developer.Id,
            Token = token,
            WorkspaceIds = workspaces,
        };
    }
}
