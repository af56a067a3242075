using JobServer.Outputs.Disclosure.Reading;

namespace JobServer.Outputs.Disclosure.Rules.Files;

/// <summary>A text that programs read differently may show one thing to the checker and another to the reader.</summary>
internal sealed class EncodingRule : DisclosureRule
{
    public override string Id => "F6";

    public override string Title => "Encoding of text";

    public override Severity Severity => Severity.Review;

    public override string Advice => "Write the file in UTF-8 without a mark at its start, with the same line endings throughout.";

    internal override void Check(OutputContent output, FindingList findings)
    {
        if (output.Kind is not (ContentKind.Table or ContentKind.Text or ContentKind.Html) || output.Bytes is not { } bytes)
            return;

        if (bytes is [0xFF, 0xFE, ..] or [0xFE, 0xFF, ..] || !IsUtf8(bytes))
            findings.Add("the text is not UTF-8");
        else if (bytes is [0xEF, 0xBB, 0xBF, ..])
            findings.Add("the text starts with a byte order mark", severity: Severity.Information);

        if (bytes.AsSpan().Contains((byte)0) && bytes is not ([0xFF, 0xFE, ..] or [0xFE, 0xFF, ..]))
            findings.Add("the text contains a NUL character");

        var lines = bytes.AsSpan().Count((byte)'\n');
        var pairs = bytes.AsSpan().Count("\r\n"u8);
        if ((pairs > 0 && pairs < lines) || bytes.AsSpan().Count((byte)'\r') > pairs)
            findings.Add("lines end in different ways");
    }

    private static bool IsUtf8(byte[] bytes) => System.Text.Unicode.Utf8.IsValid(bytes);
}
