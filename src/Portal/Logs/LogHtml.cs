using System.Text;
using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Html;

namespace JobServer.Portal.Logs;

/// <summary>Parts of a log as HTML, to the character: in preformatted text every blank of a template would show.</summary>
internal static class LogHtml
{
    public static IHtmlContent Of(LogExcerpt excerpt) => new HtmlString(TextOf(excerpt));

    public static string TextOf(LogExcerpt excerpt)
    {
        var html = new StringBuilder();
        if (excerpt.Skipped > 0)
            Add(html, new LogPart($"— {excerpt.Skipped.ToString("N0", System.Globalization.CultureInfo.InvariantCulture)} bytes before this are not shown here —", IsNote: true));
        foreach (var part in excerpt.Parts)
            Add(html, part);
        return html.ToString();
    }

    private static void Add(StringBuilder html, LogPart part) => html
        .Append(part.IsNote ? "<span class=\"job-log-note\">" : "<span>")
        .Append(HtmlEncoder.Default.Encode(part.Text))
        .Append("</span>");
}
