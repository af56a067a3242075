using Microsoft.AspNetCore.Razor.TagHelpers;

namespace JobServer.Portal.Ui;

/// <summary><c>&lt;status-pill tone="Good"&gt;Succeeded&lt;/status-pill&gt;</c>: icon and words, never colour alone.</summary>
[HtmlTargetElement("status-pill")]
public sealed class StatusPillTagHelper : TagHelper
{
    public Tone Tone { get; set; }

    public override void Process(TagHelperContext context, TagHelperOutput output)
    {
        output.TagName = "span";
        output.TagMode = TagMode.StartTagAndEndTag;
        output.Attributes.SetAttribute("class", $"pill pill-{Tone.ToString().ToLowerInvariant()}");
        output.PreContent.SetHtmlContent(Icons.Of(Tone));
    }
}
