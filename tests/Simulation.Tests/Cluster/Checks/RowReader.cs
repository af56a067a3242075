using Microsoft.Data.Sqlite;

namespace JobServer.Simulation.Tests.Cluster.Checks;

/// <summary>Reads the rows by a connection and by statements of its own: what the product's classes believe does not count.</summary>
internal sealed class RowReader : IDisposable
{
    private readonly SqliteConnection _connection;
    private readonly SqliteCommand _jobs;
    private readonly SqliteCommand _agents;
    private readonly SqliteCommand _sessions;
    private readonly SqliteCommand _events;
    private readonly SqliteCommand _files;
    private readonly SqliteCommand _logs;
    private readonly SqliteCommand _gaps;
    private long _lastEvent;

    public RowReader(string connectionString)
    {
        _connection = new SqliteConnection(new SqliteConnectionStringBuilder(connectionString) { Pooling = false }.ToString());
        _connection.Open();
        _jobs = Command("""
            SELECT Id, State, StatusCode, Fence, AgentId, SessionEpoch, AppliedSequence, CancelRequestedAt, CompletedAt, ManifestDigest,
                LostAttempts, UsesDatabase, Slots,
                State = 'pending' AND AgentId IS NULL AND CancelRequestedAt IS NULL AND NOT EXISTS (
                    SELECT 1 FROM JobNeeds JOIN Jobs AS Needed ON Needed.Id = NeededJobId
                    WHERE JobNeeds.JobId = Jobs.Id AND Needed.State <> 'succeeded'),
                NotBefore
            FROM Jobs ORDER BY JobRequestId, Position
            """);
        _agents = Command("SELECT Id, SessionEpoch, Mode, StandardSlots, DatabaseSlots FROM Agents ORDER BY Id");
        _sessions = Command("SELECT AgentId, Epoch, ExpiresAt, EndedAt FROM AgentSessions ORDER BY AgentId, Epoch");
        _events = Command("SELECT Id, JobId, Kind, State, StatusCode, Fence, Sequence, AgentId FROM JobEvents WHERE Id > $after ORDER BY Id");
        _events.Parameters.AddWithValue("$after", 0L);
        _files = Command("SELECT Id, JobId, Fence, Path, Disposition, Digest, Size FROM OutputFiles ORDER BY Id");
        _logs = Command("SELECT JobId, Fence, CommittedOffset, StoredSize, IsComplete FROM JobLogs ORDER BY JobId, Fence");
        _gaps = Command("""SELECT JobId, Fence, "From", "To" FROM JobLogGaps ORDER BY JobId, Fence, "From" """);
    }

    public Rows Read()
    {
        var jobs = Read(_jobs, row => new JobView
        {
            Id = row.GetString(0),
            State = row.GetString(1),
            Code = row.GetString(2),
            Fence = row.GetInt64(3),
            AgentId = Text(row, 4),
            SessionEpoch = row.IsDBNull(5) ? null : row.GetInt64(5),
            Applied = row.GetInt64(6),
            IsCancelRequested = !row.IsDBNull(7),
            CompletedAt = Text(row, 8),
            ManifestDigest = Text(row, 9),
            LostAttempts = row.GetInt32(10),
            UsesDatabase = row.GetBoolean(11),
            Slots = row.GetInt32(12),
            IsReady = row.GetBoolean(13),
            NotBefore = row.IsDBNull(14) ? null : row.GetDateTime(14),
        });
        _events.Parameters[0].Value = _lastEvent;
        var events = Read(_events, row => new EventView(
            row.GetInt64(0), row.GetString(1), row.GetString(2), row.GetString(3), row.GetString(4), row.GetInt64(5), row.GetInt64(6), Text(row, 7)));
        _lastEvent = events.Count > 0 ? events[^1].Id : _lastEvent;
        return new Rows
        {
            Jobs = jobs.ToDictionary(job => job.Id, StringComparer.Ordinal),
            Agents = Read(_agents, row => new AgentView(row.GetString(0), row.GetInt64(1), row.GetString(2), row.GetInt32(3), row.GetInt32(4)))
                .ToDictionary(agent => agent.Id, StringComparer.Ordinal),
            Sessions = Read(_sessions, row => new SessionView(row.GetString(0), row.GetInt64(1), row.GetString(2), !row.IsDBNull(3))),
            NewEvents = events,
            Logs = Read(_logs, row => new LogView(row.GetString(0), row.GetInt64(1), row.GetInt64(2), row.GetInt64(3), row.GetBoolean(4)))
                .ToDictionary(log => (log.JobId, log.Fence)),
            Gaps = Read(_gaps, row => new GapView(row.GetString(0), row.GetInt64(1), row.GetInt64(2), row.GetInt64(3))),
        };
    }

    public IReadOnlyList<FileView> Files() => Read(_files, row => new FileView(
        row.GetInt64(0), row.GetString(1), row.GetInt64(2), row.GetString(3), row.GetString(4), row.GetString(5), row.GetInt64(6)));

    public void Dispose()
    {
        foreach (var command in new[] { _jobs, _agents, _sessions, _events, _files, _logs, _gaps })
        {
            command.Dispose();
        }

        _connection.Dispose();
    }

    private static string? Text(SqliteDataReader row, int column) => row.IsDBNull(column) ? null : row.GetString(column);

    private static List<T> Read<T>(SqliteCommand command, Func<SqliteDataReader, T> of)
    {
        var rows = new List<T>();
        using var reader = command.ExecuteReader();
        while (reader.Read())
        {
            rows.Add(of(reader));
        }

        return rows;
    }

    private SqliteCommand Command(string text)
    {
        var command = _connection.CreateCommand();
        command.CommandText = text;
        return command;
    }
}
