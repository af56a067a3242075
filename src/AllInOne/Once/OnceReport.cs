using System.Security.Cryptography;
using JobServer.Data;
using JobServer.Data.Blobs;
using JobServer.Domain.Jobs;
using JobServer.Domain.Releases;
using Microsoft.EntityFrameworkCore;
using Spectre.Console;

namespace JobServer.AllInOne.Once;

/// <summary>The tables at the end, and the check that each released file is what its row says.</summary>
internal sealed class OnceReport(IDbContextFactory<JobServerDb> contexts, IBlobStore blobs, IAnsiConsole console)
{
    /// <param name="judged">The request that counts; null when there was nothing to do, which says that all have succeeded.</param>
    /// <returns>Whether every job of the judged request succeeded.</returns>
    public async Task<bool> PrintJobsAsync(IReadOnlyList<int> requests, int? judged, CancellationToken cancellationToken)
    {
        if (requests.Count == 0)
        {
            return true;
        }

        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var jobs = await db.Jobs.AsNoTracking().Where(job => requests.Contains(job.JobRequestId))
            .OrderBy(job => job.JobRequestId).ThenBy(job => job.Position)
            .ToListAsync(cancellationToken);
        var table = new Table().Border(TableBorder.Simple).AddColumns("Request", "Action", "Job", "State", "Runtime", "Attempt", "Message");
        foreach (var job in jobs)
        {
            table.AddRow(
                Cell(job.JobRequestId), Cell(job.Action), Cell(job.Id), Cell(SnakeCase.Of(job.State)),
                Cell($"{job.Duration.TotalSeconds:0.0} s"), Cell(job.Fence), Cell(job.StatusMessage));
        }

        console.Write(table);
        return jobs.TrueForAll(job => job.JobRequestId != judged || job.State == JobState.Succeeded);
    }

    /// <param name="requests">Whose releases to show; empty for the newest version of every file of the workspace.</param>
    /// <returns>Whether there are files and the bytes of each match its digest.</returns>
    public async Task<bool> PrintFilesAsync(int workspaceId, IReadOnlyList<int> requests, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var files = await db.ReleaseFiles.AsNoTracking()
            .Where(file => file.WorkspaceId == workspaceId
                && (requests.Count == 0 || db.Jobs.Any(job => job.Id == file.Release.JobId && requests.Contains(job.JobRequestId))))
            .OrderBy(file => file.Path).ThenByDescending(file => file.Id)
            .ToListAsync(cancellationToken);
        var table = new Table().Border(TableBorder.Simple).AddColumns("Released file", "Size", "SHA-256", "Check");
        var areGood = true;
        foreach (var file in files.DistinctBy(file => file.Path))
        {
            if (file.DeletedAt is not null)
            {
                // A deleted version is not replaced by an older one.
                table.AddRow(Cell(file.Path), Cell("-"), Cell("-"), new Text("deleted"));
                continue;
            }

            var isGood = await MatchesAsync(file, cancellationToken);
            areGood &= isGood;
            table.AddRow(Cell(file.Path), Cell(file.Size), Cell(file.Digest), isGood ? new Text("matches") : new Text("DOES NOT MATCH"));
        }

        console.Write(table);
        if (files.Count == 0)
        {
            console.WriteLine("No file was released.");
        }

        return areGood && files.Count > 0;
    }

    private static Text Cell(object value) => new(value.ToString()!) { Overflow = Overflow.Fold };

    private async Task<bool> MatchesAsync(ReleaseFile file, CancellationToken cancellationToken)
    {
        if (blobs.SizeOf(file.Digest) != file.Size)
        {
            return false;
        }

        await using var content = blobs.OpenRead(file.Digest);
        return Convert.ToHexStringLower(await SHA256.HashDataAsync(content, cancellationToken)) == file.Digest;
    }
}
