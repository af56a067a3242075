using Microsoft.AspNetCore.Mvc.Rendering;
using Microsoft.AspNetCore.Mvc.ViewFeatures;
using Microsoft.AspNetCore.Razor.TagHelpers;

namespace JobServer.Portal.Ui;

/// <summary><c>&lt;error-summary/&gt;</c> on top of a form: everything that is wrong, each linked to its field.</summary>
[HtmlTargetElement("error-summary", TagStructure = TagStructure.NormalOrSelfClosing)]
public sealed class ErrorSummaryTagHelper : TagHelper
{
    [ViewContext, HtmlAttributeNotBound]
    public ViewContext ViewContext { get; set; } = null!;

    public override void Process(TagHelperContext context, TagHelperOutput output)
    {
        if (ViewContext.ModelState.IsValid)
        {
            output.SuppressOutput();
            return;
        }

        output.TagName = "div";
        output.TagMode = TagMode.StartTagAndEndTag;
        output.Attributes.SetAttribute("class", "error-summary");
        output.Attributes.SetAttribute("role", "alert");
        output.Attributes.SetAttribute("tabindex", "-1");
        output.Attributes.SetAttribute("data-focus", "");
        output.Content.AppendHtml("<h2>There is a problem</h2><ul>");
        foreach (var (name, entry) in ViewContext.ModelState)
        {
            foreach (var error in entry!.Errors)
            {
                output.Content.AppendHtml("<li>");
                if (name.Length == 0)
                    output.Content.Append(error.ErrorMessage);
                else
                    output.Content.AppendHtml($"<a href=\"#{TagBuilder.CreateSanitizedId(name, "_")}\">").Append(error.ErrorMessage).AppendHtml("</a>");
                output.Content.AppendHtml("</li>");
            }
        }

        output.Content.AppendHtml("</ul>");
    }
}
