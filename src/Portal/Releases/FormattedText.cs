using System.Text;
using System.Text.Encodings.Web;
using Markdig;

namespace JobServer.Portal.Releases;

/// <summary>Markdown as a page. HTML within it is shown as text, and the page is served with no rights like everything of a study.</summary>
internal static class FormattedText
{
    /// <summary>In bytes; what is larger is shown as text. Some texts take time that grows with the square of their length.</summary>
    public const long MaxSize = 32 * 1024;

    /// <summary>Asks for the page in place of the file.</summary>
    public const string Query = "formatted";

    private static readonly MarkdownPipeline Pipeline = new MarkdownPipelineBuilder().DisableHtml().UsePipeTables().UseTaskLists().UseAutoLinks().Build();

    public static async Task<string> PageAsync(Stream content, CancellationToken cancellationToken)
    {
        using var reader = new StreamReader(content, Encoding.UTF8, detectEncodingFromByteOrderMarks: true, leaveOpen: true);
        return $$"""
            <!doctype html>
            <html lang="und">
            <meta charset="utf-8">
            <meta name="color-scheme" content="light dark">
            <title>Formatted text</title>
            <style>
            body { font: 1rem/1.55 system-ui, sans-serif; max-width: 46rem; margin: 1rem; overflow-wrap: anywhere; }
            pre { overflow-x: auto; }
            table { border-collapse: collapse; }
            th, td { border: 1px solid; padding: 0.25rem 0.6rem; }
            </style>
            {{Html(await reader.ReadToEndAsync(cancellationToken))}}
            </html>
            """;
    }

    private static string Html(string text)
    {
        try
        {
            return Markdown.ToHtml(text, Pipeline);
        }
        catch (ArgumentException)
        {
            // Nested deeper than anybody writes.
            return $"<pre>{HtmlEncoder.Default.Encode(text)}</pre>";
        }
    }
}
