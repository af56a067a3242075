using System.Net;
using System.Text;
using MimeKit;

namespace JobServer.Coordinator.Notifications;

/// <summary>The words of a message as text, and the same as HTML of nothing but paragraphs, a table and a link.</summary>
internal static class MailRendering
{
    public static MimeEntity Body(MailWords words, MailOptions options)
    {
        var link = words.Link is { } target ? (target.Text, Address: options.PortalAddress.TrimEnd('/') + target.Path) : default((string Text, string Address)?);
        return new MultipartAlternative
        {
            new TextPart("plain") { Text = Text(words, link, options) },
            new TextPart("html") { Text = Html(words, link, options) },
        };
    }

    private static string Text(MailWords words, (string Text, string Address)? link, MailOptions options)
    {
        var text = new StringBuilder();
        foreach (var paragraph in words.Paragraphs)
        {
            text.Append(paragraph).Append("\n\n");
        }

        var width = words.Facts.Select(fact => fact.Name.Length).DefaultIfEmpty().Max() + 2;
        foreach (var (name, value) in words.Facts)
        {
            text.Append($"{name}:".PadRight(width)).Append(' ').Append(value).Append('\n');
        }

        if (words.Facts.Count > 0)
        {
            text.Append('\n');
        }

        if (link is { } target)
        {
            text.Append(target.Text).Append(":\n").Append(target.Address).Append("\n\n");
        }

        text.Append("-- \n").Append(options.SiteName).Append('\n').Append(words.Why).Append('\n');
        if (options.Contact.Length > 0)
        {
            text.Append("Questions: ").Append(options.Contact).Append('\n');
        }

        return text.ToString();
    }

    private static string Html(MailWords words, (string Text, string Address)? link, MailOptions options)
    {
        var html = new StringBuilder("<!DOCTYPE html><html lang=\"en\"><head><meta charset=\"utf-8\"><title>")
            .Append(Encode(words.Subject)).Append("</title></head><body style=\"font-family:sans-serif;line-height:1.5\">");
        foreach (var paragraph in words.Paragraphs)
        {
            html.Append("<p>").Append(Encode(paragraph)).Append("</p>");
        }

        if (words.Facts.Count > 0)
        {
            html.Append("<table style=\"border-spacing:0\">");
            foreach (var (name, value) in words.Facts)
            {
                html.Append("<tr><th style=\"text-align:left;vertical-align:top;padding:0 1em 0 0\">").Append(Encode(name))
                    .Append("</th><td>").Append(Encode(value)).Append("</td></tr>");
            }

            html.Append("</table>");
        }

        if (link is { } target)
        {
            html.Append("<p><a href=\"").Append(Encode(target.Address)).Append("\">").Append(Encode(target.Text)).Append("</a></p>");
        }

        html.Append("<hr><p><small>").Append(Encode(options.SiteName)).Append("<br>").Append(Encode(words.Why));
        if (options.Contact.Length > 0)
        {
            html.Append("<br>Questions: ").Append(Encode(options.Contact));
        }

        return html.Append("</small></p></body></html>").ToString();
    }

    private static string Encode(string text) => WebUtility.HtmlEncode(text);
}
