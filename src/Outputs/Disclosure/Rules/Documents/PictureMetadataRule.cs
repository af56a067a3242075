using JobServer.Outputs.Disclosure.Reading;
using MetadataExtractor;
using MetadataExtractor.Formats.Exif;
using MetadataExtractor.Formats.Iptc;
using MetadataExtractor.Formats.Jpeg;
using MetadataExtractor.Formats.Png;
using MetadataExtractor.Formats.Xmp;

namespace JobServer.Outputs.Disclosure.Rules.Documents;

/// <summary>Pictures carry text that nobody sees.</summary>
internal sealed class PictureMetadataRule : DisclosureRule
{
    /// <summary>Keywords of text that drawing programs write about themselves.</summary>
    private static readonly HashSet<string> Harmless = new(StringComparer.OrdinalIgnoreCase) { "Software", "date:create", "date:modify", "date:timestamp" };

    private static readonly int[] Personal =
    [
        ExifDirectoryBase.TagArtist, ExifDirectoryBase.TagCopyright, ExifDirectoryBase.TagImageDescription, ExifDirectoryBase.TagUserComment,
        ExifDirectoryBase.TagWinAuthor, ExifDirectoryBase.TagWinComment, ExifDirectoryBase.TagWinSubject, ExifDirectoryBase.TagWinTitle,
        ExifDirectoryBase.TagCameraOwnerName,
    ];

    public override string Id => "G2";

    public override string Title => "Hidden text in a picture";

    public override Severity Severity => Severity.Fail;

    public override string Advice => "Save the picture without metadata, for example with savefig(…, metadata={}) or an image program's export for the web.";

    internal override void Check(OutputContent output, FindingList findings)
    {
        if (output.Kind != ContentKind.RasterPicture || output.Bytes is not { Length: > 0 } bytes)
            return;

        try
        {
            foreach (var directory in ImageMetadataReader.ReadMetadata(new MemoryStream(bytes, writable: false)))
                Check(directory, findings);
        }
        catch (Exception error) when (error is ImageProcessingException or IOException)
        {
            findings.Add("the picture cannot be read, so what it carries is not known", severity: Severity.Review);
        }
    }

    private static void Check(MetadataExtractor.Directory directory, FindingList findings)
    {
        switch (directory)
        {
            case GpsDirectory { TagCount: > 0 }:
                findings.Add("the picture says where it was made");
                break;
            case IptcDirectory { TagCount: > 0 } or XmpDirectory { XmpMeta: not null }:
                findings.Add("the picture carries a description or an author");
                break;
            case ExifDirectoryBase exif when Personal.Any(exif.ContainsTag):
                findings.Add("the picture carries an author or a comment");
                break;
            case JpegCommentDirectory { TagCount: > 0 }:
                findings.Add("the picture carries a comment");
                break;
            case PngDirectory png when png.GetObject(PngDirectory.TagTextualData) is IEnumerable<MetadataExtractor.KeyValuePair> texts
                && texts.Any(text => !Harmless.Contains(text.Key)):
                findings.Add("the picture carries text");
                break;
            case { HasError: true }:
                findings.Add("a part of the picture cannot be read, so what it carries is not known", severity: Severity.Review);
                break;
        }
    }
}
