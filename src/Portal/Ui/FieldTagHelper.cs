using Microsoft.AspNetCore.Mvc.Rendering;
using Microsoft.AspNetCore.Mvc.ViewFeatures;
using Microsoft.AspNetCore.Razor.TagHelpers;

namespace JobServer.Portal.Ui;

/// <summary>
/// <c>&lt;field for="Input.Name" label="Name" hint="…"/&gt;</c>: label, hint, what is wrong, input; tied together for screen
/// readers. Give an input as content to use another one than a text box (its id must be the field's).
/// </summary>
[HtmlTargetElement("field", TagStructure = TagStructure.NormalOrSelfClosing)]
public sealed class FieldTagHelper(IHtmlGenerator generator) : TagHelper
{
    public ModelExpression For { get; set; } = null!;

    public string Label { get; set; } = "";

    public string? Hint { get; set; }

    public string Type { get; set; } = "text";

    public string? Autocomplete { get; set; }

    [ViewContext, HtmlAttributeNotBound]
    public ViewContext ViewContext { get; set; } = null!;

    public override async Task ProcessAsync(TagHelperContext context, TagHelperOutput output)
    {
        var child = await output.GetChildContentAsync();
        var id = TagBuilder.CreateSanitizedId(For.Name, "_");
        var error = ViewContext.ModelState.TryGetValue(For.Name, out var entry)
            ? entry.Errors.FirstOrDefault()?.ErrorMessage
            : null;
        output.TagName = "div";
        output.TagMode = TagMode.StartTagAndEndTag;
        output.Attributes.SetAttribute("class", error is null ? "field" : "field field-wrong");
        var content = output.Content;
        content.AppendHtml($"<label class=\"form-label\" for=\"{id}\">").Append(Label).AppendHtml("</label>");
        if (Hint is not null)
            content.AppendHtml($"<p class=\"hint\" id=\"{id}_hint\">").Append(Hint).AppendHtml("</p>");
        if (error is not null)
        {
            content.AppendHtml($"<p class=\"wrong\" id=\"{id}_error\">").AppendHtml(Icons.Of(Tone.Bad))
                .AppendHtml("<span class=\"visually-hidden\">Error: </span>").Append(error).AppendHtml("</p>");
        }

        content.AppendHtml(child.IsEmptyOrWhiteSpace ? Input(id, error is not null) : child);
    }

    private TagBuilder Input(string id, bool wrong)
    {
        var described = string.Join(' ', new[] { Hint is null ? "" : $"{id}_hint", wrong ? $"{id}_error" : "" }
            .Where(part => part.Length > 0));
        var attributes = new Dictionary<string, object?>(StringComparer.Ordinal)
        {
            ["class"] = wrong ? "form-control is-invalid" : "form-control",
            ["type"] = Type,
        };
        if (described.Length > 0)
            attributes["aria-describedby"] = described;
        if (wrong)
            attributes["aria-invalid"] = "true";
        if (Autocomplete is not null)
            attributes["autocomplete"] = Autocomplete;
        // A secret never goes back into a page; a text box would take it from the form that was sent.
        return string.Equals(Type, "password", StringComparison.Ordinal)
            ? generator.GeneratePassword(ViewContext, For.ModelExplorer, For.Name, value: null, attributes)
            : generator.GenerateTextBox(ViewContext, For.ModelExplorer, For.Name, For.Model, format: null, attributes);
    }
}
