using System.Data.Common;
using System.Text.Json;
using System.Text.Json.Serialization;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Storage;

namespace JobServer.Data.Jobs;

/// <summary>Runs one of the <see cref="IJobStatements"/> in the context's transaction.</summary>
internal static class SetStatement
{
    private static readonly JsonSerializerOptions Options = new() { Converters = { new InstantText() } };

    public static IJobStatements Of(JobServerDb db) => db.GetService<IDatabaseProvider>().JobStatements;

    public static async Task RunAsync<TRow>(JobServerDb db, string statement, IReadOnlyList<TRow> rows, CancellationToken cancellationToken) =>
        await RunAsync(db, statement, rows, _ => true, cancellationToken);

    /// <returns>What the statement returned, one for each row that it changed.</returns>
    public static async Task<List<TResult>> RunAsync<TRow, TResult>(
        JobServerDb db, string statement, IReadOnlyList<TRow> rows, Func<DbDataReader, TResult> read, CancellationToken cancellationToken)
    {
        var results = new List<TResult>(rows.Count);
        if (rows.Count == 0)
        {
            return results;
        }

        // Straight to the connection: the statement is a constant and its one parameter a text, which leaves EF nothing to do.
        await using var command = db.Database.GetDbConnection().CreateCommand();
        command.Transaction = db.Database.CurrentTransaction?.GetDbTransaction();
        command.CommandTimeout = db.Database.GetCommandTimeout() ?? command.CommandTimeout;
#pragma warning disable CA2100 // A constant of the provider.
        command.CommandText = statement;
#pragma warning restore CA2100
        var parameter = command.CreateParameter();
        parameter.ParameterName = "@rows";
        parameter.Value = JsonSerializer.Serialize(rows, Options);
        command.Parameters.Add(parameter);
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
        {
            results.Add(read(reader));
        }

        return results;
    }

    /// <summary>An instant column of a result.</summary>
    public static DateTimeOffset? Instant(DbDataReader reader, int column) =>
        reader.IsDBNull(column) ? null : new DateTimeOffset(DateTime.SpecifyKind(reader.GetDateTime(column), DateTimeKind.Utc));

    /// <summary>Instants as SQLite keeps them, which SQL Server reads as well.</summary>
    private sealed class InstantText : JsonConverter<DateTimeOffset>
    {
        public override DateTimeOffset Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => throw new NotSupportedException();

        public override void Write(Utf8JsonWriter writer, DateTimeOffset value, JsonSerializerOptions options)
        {
            Span<char> text = stackalloc char[32];
            value.UtcDateTime.TryFormat(text, out var length, "yyyy-MM-dd HH:mm:ss.FFFFFFF", System.Globalization.CultureInfo.InvariantCulture);
            writer.WriteStringValue(text[..length]);
        }
    }
}
