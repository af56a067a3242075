using Microsoft.AspNetCore.Mvc.Rendering;
using Microsoft.AspNetCore.Mvc.ViewFeatures;
using Microsoft.AspNetCore.Razor.TagHelpers;
using Microsoft.AspNetCore.WebUtilities;

namespace JobServer.Portal.Ui;

/// <summary><c>&lt;pager page="2" pages="9"/&gt;</c>: previous, next and where one is; keeps the filters of the address.</summary>
[HtmlTargetElement("pager", TagStructure = TagStructure.NormalOrSelfClosing)]
public sealed class PagerTagHelper : TagHelper
{
    public int Page { get; set; } = 1;

    public int Pages { get; set; } = 1;

    [ViewContext, HtmlAttributeNotBound]
    public ViewContext ViewContext { get; set; } = null!;

    public override void Process(TagHelperContext context, TagHelperOutput output)
    {
        if (Pages <= 1)
        {
            output.SuppressOutput();
            return;
        }

        output.TagName = "nav";
        output.TagMode = TagMode.StartTagAndEndTag;
        output.Attributes.SetAttribute("class", "pager");
        output.Attributes.SetAttribute("aria-label", "Pages");
        Step(output.Content, "Previous", "prev", Page - 1);
        output.Content.AppendHtml("<span>").Append($"Page {Page} of {Pages}").AppendHtml("</span>");
        Step(output.Content, "Next", "next", Page + 1);
    }

    private void Step(TagHelperContent content, string text, string rel, int page)
    {
        if (page < 1 || page > Pages)
        {
            content.AppendHtml("<span class=\"btn btn-outline-secondary btn-sm disabled\" aria-hidden=\"true\">").Append(text).AppendHtml("</span>");
            return;
        }

        var request = ViewContext.HttpContext.Request;
        var query = request.Query.Where(pair => !string.Equals(pair.Key, "page", StringComparison.OrdinalIgnoreCase))
            .Append(new("page", page.ToString()));
        var address = QueryHelpers.AddQueryString(request.PathBase + request.Path, query);
        content.AppendHtml($"<a class=\"btn btn-outline-secondary btn-sm\" rel=\"{rel}\" href=\"").Append(address)
            .AppendHtml("\">").Append(text).AppendHtml("</a>");
    }
}
