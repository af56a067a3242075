using Microsoft.AspNetCore.Razor.TagHelpers;

namespace JobServer.Portal.Ui;

/// <summary>
/// <c>&lt;moment at="job.StartedAt"/&gt;</c>: "5 minutes ago" as a <c>time</c> element whose title is the exact
/// instant in UTC; a dash where there is none. <c>exact</c> shows the instant itself.
/// </summary>
[HtmlTargetElement("moment", TagStructure = TagStructure.NormalOrSelfClosing)]
public sealed class TimeTagHelper(TimeProvider time) : TagHelper
{
    public DateTimeOffset? At { get; set; }

    public bool Exact { get; set; }

    public override void Process(TagHelperContext context, TagHelperOutput output)
    {
        output.TagMode = TagMode.StartTagAndEndTag;
        if (At is not { } at)
        {
            output.TagName = "span";
            output.Content.SetContent("–");
            return;
        }

        var instant = Moments.Exact(at);
        output.TagName = "time";
        output.Attributes.SetAttribute("datetime", at.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'"));
        output.Attributes.SetAttribute("title", instant);
        output.Content.SetContent(Exact ? instant : Moments.Relative(at, time.GetUtcNow()));
    }
}
