using Microsoft.AspNetCore.Razor.TagHelpers;

namespace JobServer.Portal.Ui;

/// <summary>
/// <c>&lt;confirm label="Delete…" question="Delete plot.png?"&gt;form&lt;/confirm&gt;</c>: a button that opens the question and, under
/// it, the form that does it. A <c>details</c> element: works without script and by keyboard.
/// </summary>
[HtmlTargetElement("confirm")]
public sealed class ConfirmTagHelper : TagHelper
{
    public string Label { get; set; } = "";

    public string Question { get; set; } = "";

    /// <summary>A Bootstrap button class of the opener.</summary>
    public string Button { get; set; } = "btn-outline-danger btn-sm";

    /// <summary>For a form that came back with a problem.</summary>
    public bool Open { get; set; }

    public override void Process(TagHelperContext context, TagHelperOutput output)
    {
        output.TagName = "details";
        output.Attributes.SetAttribute("class", "confirm");
        output.Attributes.SetAttribute("data-popup", "");
        if (Open)
        {
            output.Attributes.SetAttribute("open", "open");
        }

        output.PreContent.AppendHtml("<summary class=\"btn ").Append(Button).AppendHtml("\">").Append(Label)
            .AppendHtml("</summary><div class=\"popup\"><p class=\"fw-semibold mb-2\">").Append(Question).AppendHtml("</p>");
        output.PostContent.AppendHtml("</div>");
    }
}
