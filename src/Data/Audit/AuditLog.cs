using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using JobServer.Domain.Audit;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace JobServer.Data.Audit;

/// <summary>Appends people's acts, each in the transaction of the act itself.</summary>
public sealed class AuditLog(IOptions<AuditOptions> options, TimeProvider timeProvider)
{
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
        var hash = Hash(head.Sequence, at, actorId, act, subject, json, head.Hash);
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

    /// <returns>The first sequence number whose row does not follow from the one before, or null when the chain holds.</returns>
    public async Task<long?> FindBreakAsync(JobServerDb db, CancellationToken cancellationToken)
    {
        var previous = "";
        long expected = 1;
        await foreach (var entry in db.AuditEntries.AsNoTracking().OrderBy(entry => entry.Sequence).AsAsyncEnumerable().WithCancellation(cancellationToken))
        {
            var hash = Hash(entry.Sequence, entry.At, entry.ActorId, entry.Act, entry.Subject, entry.Details, previous);
            if (entry.Sequence != expected || entry.PreviousHash != previous || entry.Hash != hash)
            {
                return expected;
            }

            previous = hash;
            expected++;
        }

        var head = await db.AuditHeads.AsNoTracking().SingleAsync(cancellationToken);
        return head.Sequence == expected - 1 && head.Hash == previous ? null : expected;
    }

    private string Hash(long sequence, DateTimeOffset at, int? actorId, AuditAct act, string subject, string details, string previous)
    {
        // A JSON array keeps the fields apart whatever they hold.
        var text = JsonSerializer.Serialize<object?[]>([sequence, at.UtcTicks, actorId, act.ToString(), subject, details, previous]);
        return Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.UTF8.GetBytes(options.Value.Key), Encoding.UTF8.GetBytes(text)));
    }
}
