using JobServer.Portal.Releases.Tables;

namespace JobServer.Portal.Releases;

/// <summary>Reads what the viewer shows of a file.</summary>
internal sealed class FilePreviews(ReleasedBlobs blobs, TableReader tables)
{
    /// <param name="file">Which one.</param>
    /// <param name="row">Of a table, the one to show, counted from 0 under the header.</param>
    /// <param name="cancellationToken">Gives it up.</param>
    public async Task<FilePreview> ReadAsync(ReleasedFile file, long row, CancellationToken cancellationToken)
    {
        var kind = FileTypes.Kind(file.Path);
        try
        {
            switch (kind)
            {
                case FileKind.Other:
                    return new FilePreview { Kind = kind, Problem = "Files of this type cannot be previewed. Open it in a new tab or download it." };

                case FileKind.Table:
                    var (table, wrong) = await tables.ReadAsync(file, row, cancellationToken);
                    return new FilePreview { Kind = kind, Table = table, Problem = wrong };

                case FileKind.Markdown when file.Size <= FormattedText.MaxSize:
                    blobs.RequirePresent(file);
                    return new FilePreview { Kind = kind };

                case FileKind.Text or FileKind.Json or FileKind.Markdown:
                    await using (var content = await blobs.OpenVerifiedAsync(file, cancellationToken))
                    {
                        return new FilePreview { Kind = kind, Text = await TextPreview.ReadAsync(content, kind, cancellationToken) };
                    }

                default:
                    blobs.RequirePresent(file);
                    return new FilePreview { Kind = kind };
            }
        }
        catch (LargeFilesBusyException busy)
        {
            return new FilePreview { Kind = kind, Problem = busy.Message };
        }
        catch (DamagedBlobException)
        {
            return new FilePreview
            {
                Kind = kind,
                Problem = "The stored copy of this file is damaged, so it is not shown. The fault was written down; tell the people who run the site.",
            };
        }
    }
}
