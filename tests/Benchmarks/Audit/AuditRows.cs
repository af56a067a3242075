using System.Globalization;
using JobServer.Data.Audit;
using JobServer.Domain.Audit;
using Microsoft.Data.Sqlite;

namespace JobServer.Benchmarks.Audit;

/// <summary>Fills the audit log of a migrated database with a chain that holds.</summary>
internal static class AuditRows
{
    private const int People = 200;

    public static async Task FillAsync(SqliteConnection connection, AuditChain chain, int rows)
    {
        await using var transaction = (SqliteTransaction)await connection.BeginTransactionAsync();
        await using var insert = connection.CreateCommand();
        insert.Transaction = transaction;
        insert.CommandText =
            "INSERT INTO AuditEntries (Sequence, At, ActorId, Act, Subject, Details, PreviousHash, Hash) "
            + "VALUES ($sequence, $at, $actor, 'roles_changed', $subject, $details, $previous, $hash)";
        var start = new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);
        var previous = "";
        for (var sequence = 1; sequence <= rows; sequence++)
        {
            var at = start.AddSeconds(sequence);
            var actor = 1 + (sequence % People);
            var subject = string.Create(CultureInfo.InvariantCulture, $"user:{sequence % 1_000}");
            const string Details = """{"before":["output_checker"],"after":["output_checker","output_publisher"]}""";
            var hash = chain.Hash(sequence, at, actor, AuditAct.RolesChanged, subject, Details, previous);
            insert.Parameters.Clear();
            insert.Parameters.AddWithValue("$sequence", sequence);
            insert.Parameters.AddWithValue("$at", at.UtcDateTime);
            insert.Parameters.AddWithValue("$actor", actor);
            insert.Parameters.AddWithValue("$subject", subject);
            insert.Parameters.AddWithValue("$details", Details);
            insert.Parameters.AddWithValue("$previous", previous);
            insert.Parameters.AddWithValue("$hash", hash);
            await insert.ExecuteNonQueryAsync();
            previous = hash;
        }

        await using var head = connection.CreateCommand();
        head.Transaction = transaction;
        head.CommandText = "UPDATE AuditHeads SET Sequence = $sequence, Hash = $hash";
        head.Parameters.AddWithValue("$sequence", rows);
        head.Parameters.AddWithValue("$hash", previous);
        await head.ExecuteNonQueryAsync();
        await transaction.CommitAsync();
    }
}
