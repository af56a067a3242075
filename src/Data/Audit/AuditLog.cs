using System.Text.Json;
using JobServer.Domain.Audit;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace JobServer.Data.Audit;

/// <summary>Appends people's acts, each in the transaction of the act itself.</summary>
public sealed class AuditLog(IOptions<AuditOptions> options, TimeProvider timeProvider)
{
    private readonly AuditChain _chain = new(options.Value.Key);

    /// <param name="db">The context of the unit of work that does the act.</param>
    /// <param name="details">Serialised as JSON; never a secret.</param>
    public async Task AppendAsync(JobServerDb db, int? actorId, AuditAct act, string subject, object details, CancellationToken cancellationToken)
    {
        // The update takes the row's lock first, so that appends of several processes queue up.
        await db.AuditHeads.Where(head => head.Id == AuditHead.TheId)
            .ExecuteUpdateAsync(set => set.SetProperty(head => head.Sequence, head => head.Sequence + 1), cancellationToken);
        var head = await db.AuditHeads.AsNoTracking().SingleAsync(head => head.Id == AuditHead.TheId, cancellationToken);

        var at = timeProvider.GetUtcNow();
        var json = JsonSerializer.Serialize(details, JsonSerializerOptions.Web);
        var hash = _chain.Hash(head.Sequence, at, actorId, act, subject, json, head.Hash);
        db.AuditEntries.Add(new AuditEntry
        {
            Sequence = head.Sequence,
            At = at,
            ActorId = actorId,
            Act = act,
            Subject = subject,
            Details = json,
            PreviousHash = head.Hash,
            Hash = hash,
        });
        await db.AuditHeads.Where(row => row.Id == AuditHead.TheId)
            .ExecuteUpdateAsync(set => set.SetProperty(row => row.Hash, hash), cancellationToken);
        await db.SaveChangesAsync(cancellationToken);
    }

    /// <summary>Walks the whole chain.</summary>
    /// <param name="db">Any context.</param>
    /// <param name="heads">What was exported before, in any order; what they tell of must be there.</param>
    /// <param name="cancellationToken">A long walk can be given up.</param>
    /// <returns>The first place at which it is not what was written, or null when it holds.</returns>
    public async Task<AuditBreak?> FindBreakAsync(JobServerDb db, IReadOnlyList<AuditHeadRecord> heads, CancellationToken cancellationToken)
    {
        var exported = heads.GroupBy(head => head.Sequence).ToDictionary(group => group.Key, group => group.First().Hash);
        // Read before the rows: the log may grow meanwhile, and never ends before this.
        var head = await db.AuditHeads.AsNoTracking().SingleAsync(cancellationToken);
        var atHead = "";
        var previous = "";
        long last = 0;
        await using var rows = db.AuditEntries.AsNoTracking().OrderBy(entry => entry.Sequence).AsAsyncEnumerable().GetAsyncEnumerator(cancellationToken);
        while (true)
        {
            try
            {
                if (!await rows.MoveNextAsync())
                {
                    break;
                }
            }
            catch (Exception exception) when (exception is FormatException or OverflowException or (InvalidOperationException and not ObjectDisposedException))
            {
                // Nothing that was written reads like this: an act that there is not, a time that is none, a number beyond all people's.
                return new AuditBreak(last + 1, AuditBreakKind.Altered);
            }

            var entry = rows.Current;
            if (entry.Sequence != last + 1)
            {
                return new AuditBreak(last + 1, AuditBreakKind.Missing);
            }

            var hash = _chain.Hash(entry.Sequence, entry.At, entry.ActorId, entry.Act, entry.Subject, entry.Details, previous);
            if (entry.PreviousHash != previous || entry.Hash != hash)
            {
                return new AuditBreak(entry.Sequence, AuditBreakKind.Altered);
            }

            if (exported.TryGetValue(entry.Sequence, out var known) && known != hash)
            {
                return new AuditBreak(entry.Sequence, AuditBreakKind.Rewritten);
            }

            previous = hash;
            last = entry.Sequence;
            atHead = last == head.Sequence ? hash : atHead;
        }

        return head.Sequence > last || exported.Keys.Any(sequence => sequence > last) ? new AuditBreak(last + 1, AuditBreakKind.CutOff)
            : head.Hash != atHead ? new AuditBreak(head.Sequence + 1, AuditBreakKind.HeadChanged)
            : null;
    }
}
