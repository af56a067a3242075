using JobServer.Data;
using JobServer.Data.Writing;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;

namespace JobServer.TestCommon;

/// <summary>A real, migrated SQLite file in a folder of its own, with the services of production over it.</summary>
public sealed class TestDatabase : IAsyncDisposable
{
    private readonly ServiceProvider _services;

    private TestDatabase(string folder, ServiceProvider services, FakeTimeProvider clock)
    {
        Folder = folder;
        _services = services;
        Clock = clock;
    }

    /// <summary>What the clock says when a test begins.</summary>
    public static DateTimeOffset Start { get; } = new(2026, 3, 2, 9, 0, 0, TimeSpan.Zero);

    /// <summary>Deleted with everything in it when the test ends.</summary>
    public string Folder { get; }

    public string Path => PathIn(Folder);

    public string ConnectionString => $"Data Source={Path}";

    public FakeTimeProvider Clock { get; }

    public IServiceProvider Services => _services;

    public static async Task<TestDatabase> CreateAsync(int seed = 1)
    {
        var folder = Directory.CreateTempSubdirectory("jobserver-test-").FullName;
        await TemplateDatabase.CopyToAsync(PathIn(folder));
        var clock = new FakeTimeProvider(Start);
        return new TestDatabase(folder, TestServices.Build(folder, PathIn(folder), clock, seed), clock);
    }

    public T Get<T>()
        where T : notnull => _services.GetRequiredService<T>();

    public async Task<JobServerDb> OpenAsync() =>
        await Get<IDbContextFactory<JobServerDb>>().CreateDbContextAsync(CancellationToken.None);

    public async Task<T> ReadAsync<T>(Func<JobServerDb, Task<T>> query)
    {
        await using var db = await OpenAsync();
        return await query(db);
    }

    /// <summary>Runs in a write transaction, as the product does; saves what was added.</summary>
    public Task<T> WriteAsync<T>(Func<JobServerDb, CancellationToken, Task<T>> unit) => Get<DatabaseWriter>().RunAsync(unit, CancellationToken.None);

    public Task<T> AddAsync<T>(T row)
        where T : class => WriteAsync((db, _) => Task.FromResult((T)db.Add(row).Entity));

    public async ValueTask DisposeAsync()
    {
        await _services.DisposeAsync();
        using (var connection = new SqliteConnection(ConnectionString))
        {
            SqliteConnection.ClearPool(connection);
        }

        Directory.Delete(Folder, recursive: true);
    }

    private static string PathIn(string folder) => System.IO.Path.Combine(folder, "jobserver.db");
}
