using JobServer.Outputs.Disclosure.Reading;

namespace JobServer.Outputs.Disclosure.Rules.Files;

/// <summary>The name promises a type that may leave, and the bytes keep the promise.</summary>
internal sealed class TypeRule : DisclosureRule
{
    private static readonly byte[] PngEnd = [0, 0, 0, 0, (byte)'I', (byte)'E', (byte)'N', (byte)'D', 0xAE, 0x42, 0x60, 0x82];

    public override string Id => "F1";

    public override string Title => "Type of file";

    public override Severity Severity => Severity.Block;

    public override string Advice => "Write the result as a table (.csv), a picture (.png, .jpeg, .svg) or a text, and name it by what it is.";

    internal override void Check(OutputContent output, FindingList findings)
    {
        var allowed = output.Profile.Limits.AllowedExtensions;
        var extension = output.Path.Extension;
        if (!allowed.Contains(extension, StringComparer.OrdinalIgnoreCase))
        {
            var kind = extension.Length == 0 ? "files without an extension" : $"files of type {extension}";
            findings.Add($"{kind} may not leave the site; allowed are {string.Join(", ", allowed)}");
        }
        else if (output.Bytes is { Length: > 0 } bytes && !IsWhatItSays(extension, output, bytes))
        {
            findings.Add($"the content is not what {extension} says");
        }
        else if (extension == ".png" && output.Bytes is { Length: > 0 } png && !png.AsSpan().EndsWith(PngEnd))
        {
            findings.Add("something follows after the end of the picture");
        }
    }

    private static bool IsWhatItSays(string extension, OutputContent output, byte[] bytes) => extension switch
    {
        ".png" => bytes is [0x89, (byte)'P', (byte)'N', (byte)'G', 13, 10, 26, 10, ..],
        ".jpg" or ".jpeg" => bytes is [0xFF, 0xD8, 0xFF, .., 0xFF, 0xD9],
        ".gif" => bytes is [(byte)'G', (byte)'I', (byte)'F', (byte)'8', .., 0x3B],
        ".svgz" => bytes is [0x1F, 0x8B, ..] && output.Text is { } packed && packed.Contains("<svg", StringComparison.Ordinal),
        ".svg" => output.Text is { } svg && svg.TrimStart('\uFEFF', ' ', '\r', '\n', '\t').StartsWith('<') && svg.Contains("<svg", StringComparison.Ordinal),
        _ => !IsBinary(bytes),
    };

    /// <summary>Text of any encoding has no NUL, unless it says by its first bytes that it is UTF-16.</summary>
    private static bool IsBinary(byte[] bytes) =>
        bytes is not ([0xFF, 0xFE, ..] or [0xFE, 0xFF, ..]) && (bytes.AsSpan().Contains((byte)0) || bytes is [0x1F, 0x8B, ..] or [(byte)'P', (byte)'K', 3, 4, ..]);
}
