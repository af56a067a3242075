using System.Xml;
using JobServer.Outputs.Disclosure.Reading;

namespace JobServer.Outputs.Disclosure.Rules.Documents;

/// <summary>An SVG is a document: it can run, fetch and hold one mark for each person.</summary>
internal sealed class VectorPictureRule : DisclosureRule
{
    private const int MaxMarks = 500;
    private const int SmallNumberBelow = 10;

    private static readonly HashSet<string> Active = new(StringComparer.OrdinalIgnoreCase)
    {
        "script", "foreignObject", "iframe", "object", "embed", "audio", "video", "set", "animate", "handler", "listener",
    };

    private static readonly HashSet<string> Marks = new(StringComparer.Ordinal) { "circle", "ellipse", "rect", "use", "path", "line", "polygon", "polyline" };

    public override string Id => "G3";

    public override string Title => "Vector picture";

    public override Severity Severity => Severity.Block;

    public override string Advice => "Save the figure as PNG, or draw it from aggregated numbers without scripts, links and embedded parts.";

    internal override void Check(OutputContent output, FindingList findings)
    {
        if (output.Kind != ContentKind.VectorPicture || output.Bytes is not { Length: > 0 })
            return;

        if (output.Text is not { } text)
        {
            findings.Add("the picture cannot be unpacked, so it cannot be checked");
            return;
        }

        try
        {
            using var reader = XmlReader.Create(new StringReader(text), new XmlReaderSettings { DtdProcessing = DtdProcessing.Ignore, XmlResolver = null });
            Check(reader, findings);
        }
        catch (XmlException)
        {
            findings.Add("the picture cannot be read, so it cannot be checked");
        }
    }

    private static void Check(XmlReader reader, FindingList findings)
    {
        var (marks, smallNumbers) = (0, 0);
        while (reader.Read())
        {
            switch (reader.NodeType)
            {
                case XmlNodeType.Element:
                    marks += Marks.Contains(reader.LocalName) ? 1 : 0;
                    if (Active.Contains(reader.LocalName))
                        findings.Add("the picture contains an element that can act or embed", LineOf(reader));
                    CheckAttributes(reader, findings);
                    break;
                case XmlNodeType.Text or XmlNodeType.CDATA:
                    smallNumbers += Cells.Number(reader.Value) is > 0 and < SmallNumberBelow and var number && decimal.IsInteger(number) ? 1 : 0;
                    if (reader.Value.Contains("@import", StringComparison.OrdinalIgnoreCase) || IsFetched(reader.Value))
                        findings.Add("the picture fetches something from elsewhere", LineOf(reader));
                    break;
                case XmlNodeType.ProcessingInstruction when reader.LocalName == "xml-stylesheet":
                    findings.Add("the picture fetches something from elsewhere", LineOf(reader));
                    break;
            }
        }

        if (marks > MaxMarks)
            findings.Add($"the picture has more than {MaxMarks} marks, perhaps one for each person", severity: Severity.Review);
        if (smallNumbers > 0)
            findings.Add("the picture has small whole numbers as text, perhaps counts", severity: Severity.Review);
    }

    private static void CheckAttributes(XmlReader reader, FindingList findings)
    {
        while (reader.MoveToNextAttribute())
        {
            if (reader.LocalName.StartsWith("on", StringComparison.OrdinalIgnoreCase))
                findings.Add("the picture contains a handler of events", LineOf(reader));
            else if (reader.LocalName is "href" or "src" ? IsElsewhere(reader.Value) : reader.Prefix != "xmlns" && reader.Name != "xmlns" && IsFetched(reader.Value))
                findings.Add("the picture fetches something from elsewhere", LineOf(reader));
        }

        reader.MoveToElement();
    }

    /// <summary>Anything but a part of the same picture and a picture inside it.</summary>
    private static bool IsElsewhere(string reference) =>
        reference.Trim() is { Length: > 0 } target && !target.StartsWith('#')
        && !(target.StartsWith("data:image/png", StringComparison.OrdinalIgnoreCase) || target.StartsWith("data:image/jpeg", StringComparison.OrdinalIgnoreCase));

    private static bool IsFetched(string style)
    {
        for (var at = style.IndexOf("url(", StringComparison.OrdinalIgnoreCase); at >= 0; at = style.IndexOf("url(", at + 1, StringComparison.OrdinalIgnoreCase))
        {
            if (IsElsewhere(style[(at + 4)..].TrimStart(' ', '"', '\'')))
                return true;
        }

        return false;
    }

    private static int? LineOf(XmlReader reader) => reader is IXmlLineInfo { LineNumber: > 0 } info ? info.LineNumber : null;
}
