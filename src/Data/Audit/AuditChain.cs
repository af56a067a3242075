using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using JobServer.Domain.Audit;

namespace JobServer.Data.Audit;

/// <summary>The keyed hash that ties each row of the audit log to the one before it.</summary>
/// <param name="key">As in <see cref="AuditOptions.Key"/>.</param>
public sealed class AuditChain(string key)
{
    private readonly byte[] _key = Encoding.UTF8.GetBytes(key);

    /// <param name="details">JSON, as it is stored.</param>
    /// <param name="previous">The hash of the row before; empty for the first.</param>
    /// <returns>64 hexadecimal digits.</returns>
    public string Hash(long sequence, DateTimeOffset at, int? actorId, AuditAct act, string subject, string details, string previous)
    {
        // A JSON array keeps the fields apart whatever they hold.
        var text = JsonSerializer.SerializeToUtf8Bytes<object?[]>([sequence, at.UtcTicks, actorId, act.ToString(), subject, details, previous]);
        return Convert.ToHexStringLower(HMACSHA256.HashData(_key, text));
    }
}
