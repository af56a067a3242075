using System.Data.Common;
using JobServer.Domain.Jobs;

namespace JobServer.Data.Jobs;

/// <summary>Keeps on the request what lists show of its jobs.</summary>
internal static class RequestSums
{
    public static async Task ApplyAsync(JobServerDb db, IReadOnlyDictionary<int, RequestDelta> deltas, CancellationToken cancellationToken)
    {
        // The update of the counts takes the rows' locks, so what it returns is not changed by anybody else before the end.
        var statements = SetStatement.Of(db);
        var rows = deltas.OrderBy(pair => pair.Key).Select(pair => RequestSumRow.Of(pair.Key, pair.Value)).ToList();
        var sums = await SetStatement.RunAsync(db, statements.AddToRequests, rows, Read, cancellationToken);
        var changed = new List<RequestStateRow>();
        foreach (var (before, isEnded, state) in sums)
        {
            var delta = deltas[before.Id];
            var after = before with
            {
                State = SnakeCase.Of(state),
                FirstStartedAt = Earlier(before.FirstStartedAt, delta.Started),
                EndedAt = isEnded ? Later(before.EndedAt, delta.Ended) : null,
            };
            if (after != before)
            {
                changed.Add(after);
            }
        }

        await SetStatement.RunAsync(db, statements.SetRequestStates, changed, cancellationToken);
    }

    private static (RequestStateRow Before, bool IsEnded, JobRequestState State) Read(DbDataReader reader)
    {
        var (pending, running) = (reader.GetInt32(1), reader.GetInt32(2));
        var before = new RequestStateRow
        {
            Id = reader.GetInt32(0),
            State = reader.GetString(6),
            FirstStartedAt = SetStatement.Instant(reader, 7),
            EndedAt = SetStatement.Instant(reader, 8),
        };
        return (
            before,
            pending == 0 && running == 0,
            JobRequestStates.From(pending, running, reader.GetInt32(3), reader.GetInt32(4), reader.GetInt32(5)));
    }

    private static DateTimeOffset? Earlier(DateTimeOffset? a, DateTimeOffset? b) => a is null || b < a ? b ?? a : a;

    private static DateTimeOffset? Later(DateTimeOffset? a, DateTimeOffset? b) => a is null || b > a ? b ?? a : a;
}
