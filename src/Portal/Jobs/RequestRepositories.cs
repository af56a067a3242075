using System.Text.Json;
using JobServer.Data;
using JobServer.Domain.Audit;
using Microsoft.EntityFrameworkCore;

namespace JobServer.Portal.Jobs;

/// <summary>
/// The repository that a workspace had when something was run. A request keeps branch and commit; which repository they
/// are of is in the audit log, since the workspace may have got another one meanwhile.
/// </summary>
internal static class RequestRepositories
{
    /// <summary>How an entry begins that tells of an edit, and not of notifications.</summary>
    private const string EditBegins = "{\"before\":";

    private const int MostEdits = 100;

    /// <param name="db">Asked once, if at all.</param>
    /// <param name="workspaceId">Whose repository.</param>
    /// <param name="now">What the workspace has today.</param>
    /// <param name="revision">Of the workspace: 0 was never edited.</param>
    /// <param name="at">When the request was made.</param>
    /// <param name="cancellationToken">Ends the query.</param>
    public static async Task<string> FindAsync(
        JobServerDb db, int workspaceId, string now, int revision, DateTimeOffset at, CancellationToken cancellationToken)
    {
        if (revision == 0)
        {
            return now;
        }

        var subject = $"workspace:{workspaceId}";
        var edits = await db.AuditEntries.AsNoTracking()
            .Where(entry => entry.Subject == subject && entry.Act == AuditAct.WorkspaceChanged && entry.At > at && entry.Details.StartsWith(EditBegins))
            .OrderBy(entry => entry.Sequence)
            .Take(MostEdits)
            .Select(entry => entry.Details)
            .ToListAsync(cancellationToken);
        return edits.Select(RepositoryBefore).FirstOrDefault(repository => repository is not null) ?? now;
    }

    private static string? RepositoryBefore(string details)
    {
        using var edit = JsonDocument.Parse(details);
        return edit.RootElement.GetProperty("before") is { ValueKind: JsonValueKind.Object } before
            && before.TryGetProperty("repository", out var repository)
            && repository.ValueKind == JsonValueKind.String
                ? repository.GetString()
                : null;
    }
}
