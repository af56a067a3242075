using System.Text;
using System.Text.Encodings.Web;
using JobServer.Domain.Pipelines;
using Microsoft.AspNetCore.Html;

namespace JobServer.Portal.Studies;

/// <summary>A project.yaml as a page shows it: numbered, coloured, and no longer than a page can be.</summary>
internal static class ProjectListing
{
    public const int MostLines = 1_000;
    private const int WidestLine = 1_000;

    public static int LinesOf(string text) => new SourceText(text).LineCount;

    public static IHtmlContent Of(string text)
    {
        var lines = new SourceText(text);
        var html = new StringBuilder();
        for (var number = 1; number <= Math.Min(lines.LineCount, MostLines); number++)
        {
            var window = lines.Around(number, 1, WidestLine)!;
            html.Append("<span class=\"yaml-line\">");
            foreach (var token in YamlColours.Of(window.Text))
                Append(html, token);
            html.Append(window.IsCutAfter ? "…\n" : "\n").Append("</span>");
        }

        return new HtmlString(html.ToString());
    }

    private static void Append(StringBuilder html, YamlToken token)
    {
        var text = HtmlEncoder.Default.Encode(token.Text);
        if (token.Kind == YamlTokenKind.Plain)
            html.Append(text);
        else
            html.Append("<span class=\"yaml-").Append(token.Kind.ToString().ToLowerInvariant()).Append("\">").Append(text).Append("</span>");
    }
}
