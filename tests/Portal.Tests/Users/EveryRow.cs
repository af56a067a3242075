using System.Text;
using JobServer.TestCommon;
using Microsoft.Data.Sqlite;

namespace JobServer.Portal.Tests.Users;

/// <summary>All that a site has kept: each column of each row of each table, and each file.</summary>
internal static class EveryRow
{
    public static async Task<IReadOnlyList<(string Place, string Text)>> ReadAsync(TestDatabase database)
    {
        var found = new List<(string, string)>();
        await using var connection = new SqliteConnection(database.ConnectionString);
        await connection.OpenAsync();
        foreach (var table in await TablesAsync(connection))
        {
            await using var command = connection.CreateCommand();
#pragma warning disable CA2100 // The name comes from the database's own list of tables.
            command.CommandText = $"SELECT * FROM \"{table}\"";
#pragma warning restore CA2100
            await using var reader = await command.ExecuteReaderAsync();
            while (await reader.ReadAsync())
            {
                for (var column = 0; column < reader.FieldCount; column++)
                {
                    var value = reader.GetValue(column);
                    found.Add(($"{table}.{reader.GetName(column)}", value is byte[] bytes ? Encoding.Latin1.GetString(bytes) : value.ToString() ?? ""));
                }
            }
        }

        foreach (var file in Directory.EnumerateFiles(database.Folder, "*", SearchOption.AllDirectories))
        {
            await using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            using var content = new MemoryStream();
            await stream.CopyToAsync(content);
            found.Add((Path.GetRelativePath(database.Folder, file), Encoding.Latin1.GetString(content.ToArray())));
        }

        return found;
    }

    private static async Task<IReadOnlyList<string>> TablesAsync(SqliteConnection connection)
    {
        var tables = new List<string>();
        await using var command = connection.CreateCommand();
        command.CommandText = "SELECT name FROM sqlite_master WHERE type = 'table'";
        await using var reader = await command.ExecuteReaderAsync();
        while (await reader.ReadAsync())
        {
            tables.Add(reader.GetString(0));
        }

        return tables;
    }
}
