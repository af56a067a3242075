namespace JobServer.Portal.Releases;

/// <summary>Reads the beginning of a file for the viewer.</summary>
internal sealed class FilePreviews(ReleasedBlobs blobs)
{
    /// <summary>In bytes.</summary>
    public const long MaxTableSize = 5_000_000;

    /// <summary>In bytes.</summary>
    public const long MaxTextSize = 20_000_000;

    public async Task<FilePreview> ReadAsync(ReleasedFile file, CancellationToken cancellationToken)
    {
        var kind = FileTypes.Kind(file.Path);
        if (WhyNone(file, kind) is { } problem)
        {
            return new FilePreview { Kind = kind, Problem = problem };
        }

        try
        {
            switch (kind)
            {
                case FileKind.Table:
                    await using (var content = await blobs.OpenVerifiedAsync(file, cancellationToken))
                    {
                        var delimiter = Path.GetExtension(file.Path).Equals(".tsv", StringComparison.OrdinalIgnoreCase) ? '\t' : ',';
                        var (table, wrong) = await CsvTables.ReadAsync(content, delimiter, cancellationToken);
                        return new FilePreview { Kind = kind, Table = table, Problem = wrong };
                    }

                case FileKind.Text or FileKind.Json:
                    await using (var content = await blobs.OpenVerifiedAsync(file, cancellationToken))
                    {
                        return new FilePreview { Kind = kind, Text = await TextPreview.ReadAsync(content, kind, cancellationToken) };
                    }

                default:
                    blobs.RequirePresent(file);
                    return new FilePreview { Kind = kind };
            }
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

    private static string? WhyNone(ReleasedFile file, FileKind kind) => kind switch
    {
        FileKind.Other => "Files of this type cannot be previewed. Open it in a new tab or download it.",
        FileKind.Table when file.Size > MaxTableSize => "This table is larger than 5 MB and is not previewed. Open it in a new tab or download it.",
        FileKind.Text or FileKind.Json when file.Size > MaxTextSize => "This file is larger than 20 MB and is not previewed. Open it in a new tab or download it.",
        _ => null,
    };
}
