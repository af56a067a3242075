using Microsoft.AspNetCore.Razor.TagHelpers;

namespace JobServer.Portal.Ui;

/// <summary>
/// <c>&lt;empty-state heading="No workspaces yet"&gt;…&lt;/empty-state&gt;</c>: what would be here, why it is not, the one next step.
/// </summary>
[HtmlTargetElement("empty-state")]
public sealed class EmptyStateTagHelper : TagHelper
{
    public string Heading { get; set; } = "";

    public override void Process(TagHelperContext context, TagHelperOutput output)
    {
        output.TagName = "div";
        output.Attributes.SetAttribute("class", "empty");
        output.PreContent.AppendHtml("<p class=\"empty-heading\">");
        output.PreContent.Append(Heading);
        output.PreContent.AppendHtml("</p>");
    }
}
