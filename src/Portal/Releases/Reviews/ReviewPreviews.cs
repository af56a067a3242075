using JobServer.Data;
using JobServer.Portal.Diffs;
using JobServer.Portal.Releases.Tables;
using Microsoft.EntityFrameworkCore;

namespace JobServer.Portal.Releases.Reviews;

/// <summary>A file in quarantine beside the version of it that was released before.</summary>
internal sealed class ReviewPreviews(JobServerDb db, FilePreviews previews, TableReader tables)
{
    /// <summary>More are said not to be compared.</summary>
    private const int MostFormerRows = 3 * TableScanner.MaxRows;

    /// <summary>Both versions, or the new one alone where none was released.</summary>
    /// <param name="request">That the file belongs to.</param>
    /// <param name="file">In quarantine.</param>
    /// <param name="row">Of a table, the one to show, counted from 0 under the header.</param>
    /// <param name="cancellationToken">Gives it up.</param>
    public async Task<(PreviewView Now, PreviewView? Before, DateTimeOffset? ReleasedAt)> ReadAsync(
        ReviewView request, ReviewFile file, long row, CancellationToken cancellationToken)
    {
        var now = await previews.ReadAsync(file.Bytes, row, cancellationToken);
        var view = new PreviewView(now, ReviewLinks.File(request.Number, file.Id), FileNames.Shown(file.Path))
        {
            Id = "now",
            Findings = file.Findings,
            Page = ReviewLinks.Review(request.Number),
            Fields = [("file", $"{file.Id}")],
        };
        var former = await db.ReleaseFiles.AsNoTracking()
            .Where(released => released.WorkspaceId == request.WorkspaceId && released.Path == file.Path && released.DeletedAt == null)
            .OrderByDescending(released => released.CreatedAt).ThenByDescending(released => released.Id).Views().FirstOrDefaultAsync(cancellationToken);
        if (former is null)
        {
            return (view, null, null);
        }

        var before = await previews.ReadAsync(former, 0, cancellationToken);
        return (
            view with { Before = await SameRowsAsync(former, now.Table, cancellationToken), Changes = ChangesOf(before.Text, now.Text) },
            new PreviewView(before, ReleaseLinks.File(former.Id), FileNames.Shown(former.Path)) { Id = "before" },
            former.CreatedAt);
    }

    /// <summary>Null where there is no table to compare.</summary>
    private async Task<CsvTable?> SameRowsAsync(ReleasedFile former, CsvTable? now, CancellationToken cancellationToken)
    {
        if (now is null)
        {
            return null;
        }

        try
        {
            // Beside the last rows stands all that the former version has after them: what was removed at its end shows too.
            return await tables.ReadRowsAsync(former, now.FirstRow, now.Next is null ? MostFormerRows : now.Rows.Count, cancellationToken);
        }
        catch (Exception error) when (error is DamagedBlobException or LargeFilesBusyException)
        {
            return null;
        }
    }

    /// <summary>Null where a text is missing or goes on: what is compared is compared whole.</summary>
    private static IReadOnlyList<IReadOnlyList<DiffLine>>? ChangesOf(TextPreview? before, TextPreview? now) =>
        before is { More: false } && now is { More: false } ? LineDiff.Of(before.Text, now.Text) : null;
}
