using Microsoft.AspNetCore.Razor.TagHelpers;

namespace JobServer.Portal.Ui;

/// <summary>
/// <c>&lt;page-header heading="asthma" eyebrow="Workspace"&gt;buttons&lt;/page-header&gt;</c>: the page's only h1, what kind of thing it
/// is, and its actions.
/// </summary>
[HtmlTargetElement("page-header")]
public sealed class PageHeaderTagHelper : TagHelper
{
    public string Heading { get; set; } = "";

    public string? Eyebrow { get; set; }

    public override async Task ProcessAsync(TagHelperContext context, TagHelperOutput output)
    {
        var actions = await output.GetChildContentAsync();
        output.TagName = "div";
        output.TagMode = TagMode.StartTagAndEndTag;
        output.Attributes.SetAttribute("class", "page-header");
        output.Content.AppendHtml("<div class=\"page-title\">");
        if (Eyebrow is not null)
            output.Content.AppendHtml("<p class=\"eyebrow\">").Append(Eyebrow).AppendHtml("</p>");
        output.Content.AppendHtml("<h1>").Append(Heading).AppendHtml("</h1></div>");
        if (!actions.IsEmptyOrWhiteSpace)
            output.Content.AppendHtml("<div class=\"page-actions\">").AppendHtml(actions).AppendHtml("</div>");
    }
}
