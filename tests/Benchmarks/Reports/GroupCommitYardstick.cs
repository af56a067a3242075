using System.Diagnostics;
using Microsoft.Data.Sqlite;

namespace JobServer.Benchmarks.Reports;

/// <summary>What the file takes: for each report the guarded update of the job, the line of history and the sums of the request.</summary>
internal static class GroupCommitYardstick
{
    /// <returns>Reports in a second.</returns>
    public static double Run(string path, int batchSize, int warmup, int batches)
    {
        using var connection = new SqliteConnection($"Data Source={path};Foreign Keys=True");
        connection.Open();
        Execute(connection, "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL;");
        var jobs = Jobs(connection);
        using var update = Command(connection, """
            UPDATE "Jobs" SET "State" = 'running', "StatusCode" = 'executing', "StatusMessage" = 'Running', "AppliedSequence" = $sequence,
                "StartedAt" = $now, "UpdatedAt" = $now, "Revision" = "Revision" + 1
            WHERE "Id" = $job AND "State" IN ('pending', 'running') AND "Fence" = $fence AND "AgentId" = $agent AND "AppliedSequence" = $sequence - 1
            """);
        using var insert = Command(connection, """
            INSERT INTO "JobEvents" ("JobId", "At", "Kind", "State", "StatusCode", "Message", "Fence", "Sequence", "AgentId", "SessionEpoch")
            VALUES ($job, $now, 'reported', 'running', 'executing', 'Running', $fence, $sequence, $agent, NULL)
            """);
        using var sums = Command(connection, """UPDATE "JobRequests" SET "RunningJobs" = "RunningJobs" + 0, "Revision" = "Revision" + 1 WHERE "Id" = $request""");
        var next = 0;
        var start = Stopwatch.GetTimestamp();
        for (var batch = 0; batch < warmup + batches; batch++)
        {
            if (batch == warmup)
            {
                start = Stopwatch.GetTimestamp();
            }

            using var transaction = connection.BeginTransaction();
            for (var item = 0; item < batchSize; item++)
            {
                var job = jobs[next++ % jobs.Count];
                job.Sequence++;
                foreach (var command in (SqliteCommand[])[update, insert, sums])
                {
                    command.Transaction = transaction;
                    command.Parameters["$job"].Value = job.Id;
                    command.Parameters["$agent"].Value = job.Agent;
                    command.Parameters["$fence"].Value = job.Fence;
                    command.Parameters["$sequence"].Value = job.Sequence;
                    command.Parameters["$request"].Value = job.Request;
                    command.Parameters["$now"].Value = "2026-01-01 00:00:00";
                    if (command.ExecuteNonQuery() != 1)
                    {
                        throw new InvalidOperationException("The yardstick's statement changed nothing.");
                    }
                }
            }

            transaction.Commit();
        }

        return batchSize * batches / Stopwatch.GetElapsedTime(start).TotalSeconds;
    }

    private static SqliteCommand Command(SqliteConnection connection, string text)
    {
        var command = connection.CreateCommand();
        command.CommandText = text;
        foreach (var name in (string[])["$job", "$agent", "$fence", "$sequence", "$request", "$now"])
        {
            command.Parameters.AddWithValue(name, "");
        }

        command.Prepare();
        return command;
    }

    private static List<YardstickJob> Jobs(SqliteConnection connection)
    {
        using var command = connection.CreateCommand();
        command.CommandText = """SELECT "Id", "AgentId", "Fence", "AppliedSequence", "JobRequestId" FROM "Jobs" WHERE "State" = 'running'""";
        using var reader = command.ExecuteReader();
        var jobs = new List<YardstickJob>();
        while (reader.Read())
        {
            jobs.Add(new YardstickJob
            {
                Id = reader.GetString(0),
                Agent = reader.GetString(1),
                Fence = reader.GetInt64(2),
                Sequence = reader.GetInt64(3),
                Request = reader.GetInt64(4),
            });
        }

        return jobs;
    }

    private static void Execute(SqliteConnection connection, string text)
    {
        using var command = connection.CreateCommand();
#pragma warning disable CA2100 // A constant.
        command.CommandText = text;
#pragma warning restore CA2100
        command.ExecuteNonQuery();
    }
}
