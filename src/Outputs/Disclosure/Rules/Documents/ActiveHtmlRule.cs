using AngleSharp.Dom;
using AngleSharp.Html.Parser;
using JobServer.Outputs.Disclosure.Reading;

namespace JobServer.Outputs.Disclosure.Rules.Documents;

/// <summary>A page that acts or fetches is a program and not a result.</summary>
internal sealed class ActiveHtmlRule : DisclosureRule
{
    private static readonly HashSet<string> Active = new(StringComparer.OrdinalIgnoreCase)
    {
        "script", "iframe", "frame", "frameset", "object", "embed", "applet", "form", "base", "portal",
    };

    private static readonly string[] Fetching = ["src", "srcset", "poster", "background", "data", "action", "formaction", "xlink:href", "manifest"];

    public override string Id => "H1";

    public override string Title => "HTML that acts";

    public override Severity Severity => Severity.Block;

    public override string Advice => "Write the page without scripts, frames, forms and remote files, or release its tables and figures instead.";

    internal override void Check(OutputContent output, FindingList findings)
    {
        if (output.Kind != ContentKind.Html || output.Text is not { } text)
            return;

        using var document = new HtmlParser(new HtmlParserOptions { IsKeepingSourceReferences = true }).ParseDocument(text);
        foreach (var element in document.All)
        {
            var line = element.SourceReference?.Position.Line;
            if (Active.Contains(element.LocalName))
                findings.Add($"the page contains the element {element.LocalName.ToLowerInvariant()}", line);
            else if (element.Attributes.Any(attribute => attribute.LocalName.StartsWith("on", StringComparison.OrdinalIgnoreCase)))
                findings.Add("the page contains a handler of events", line);
            else if (Fetches(element))
                findings.Add("the page fetches something from elsewhere", line);
        }
    }

    private static bool Fetches(IElement element) =>
        (element.LocalName == "link" && element.HasAttribute("href"))
        || (element.LocalName is "image" or "use" or "feImage" && IsElsewhere(element.GetAttribute("href") ?? ""))
        || (element.LocalName == "meta" && element.HasAttribute("http-equiv") && element.GetAttribute("http-equiv") is { } equiv
            && equiv.Trim().Equals("refresh", StringComparison.OrdinalIgnoreCase))
        || element.Attributes.Any(attribute => Fetching.Contains(attribute.Name, StringComparer.OrdinalIgnoreCase) && IsElsewhere(attribute.Value))
        || element.Attributes.Any(attribute => attribute.Value.Contains("javascript:", StringComparison.OrdinalIgnoreCase))
        || IsFetchingStyle(element.LocalName == "style" ? element.TextContent : element.GetAttribute("style") ?? "");

    private static bool IsElsewhere(string reference) =>
        reference.Trim() is { Length: > 0 } target && !target.StartsWith('#') && !target.StartsWith("data:image/", StringComparison.OrdinalIgnoreCase);

    private static bool IsFetchingStyle(string style) =>
        style.Contains("@import", StringComparison.OrdinalIgnoreCase)
        || (style.Contains("url(", StringComparison.OrdinalIgnoreCase) && !style.Contains("url(data:image/", StringComparison.OrdinalIgnoreCase));
}
