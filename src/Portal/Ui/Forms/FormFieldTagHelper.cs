using System.Globalization;
using JobServer.Domain.Applications.Forms;
using Microsoft.AspNetCore.Html;
using Microsoft.AspNetCore.Mvc.Rendering;
using Microsoft.AspNetCore.Mvc.ViewFeatures;
using Microsoft.AspNetCore.Razor.TagHelpers;

namespace JobServer.Portal.Ui.Forms;

/// <summary>
/// <c>&lt;form-field field="field" answer="text"/&gt;</c>: a question that is described as data. Label or legend, hint, what is wrong,
/// and the inputs, tied together for screen readers; the first input has the field's name as its id.
/// </summary>
[HtmlTargetElement("form-field", TagStructure = TagStructure.NormalOrSelfClosing)]
public sealed class FormFieldTagHelper : TagHelper
{
    private const int Rows = 8;

    public FormField Field { get; set; } = null!;

    public string Answer { get; set; } = "";

    [ViewContext, HtmlAttributeNotBound]
    public ViewContext ViewContext { get; set; } = null!;

    private string Id => Field.Name;

    public override void Process(TagHelperContext context, TagHelperOutput output)
    {
        var error = ViewContext.ModelState.TryGetValue(Field.Name, out var entry) ? entry.Errors.FirstOrDefault()?.ErrorMessage : null;
        var described = Described(error is not null);
        output.TagName = Field.IsGroup ? "fieldset" : "div";
        output.TagMode = TagMode.StartTagAndEndTag;
        output.Attributes.SetAttribute("class", error is null ? "field" : "field field-wrong");
        if (Field.IsGroup && described.Length > 0)
        {
            output.Attributes.SetAttribute("aria-describedby", described);
        }

        Name(output.Content);
        if (Field.Hint.Length > 0)
        {
            output.Content.AppendHtml($"<p class=\"hint\" id=\"{Id}_hint\">").Append(Field.Hint).AppendHtml("</p>");
        }

        if (error is not null)
        {
            output.Content.AppendHtml($"<p class=\"wrong\" id=\"{Id}_error\">").AppendHtml(Icons.Of(Tone.Bad))
                .AppendHtml("<span class=\"visually-hidden\">Error: </span>").Append(error).AppendHtml("</p>");
        }

        foreach (var input in Inputs(described, error is not null))
        {
            output.Content.AppendHtml(input);
        }
    }

    private string Described(bool wrong) => (Field.Hint.Length > 0, wrong) switch
    {
        (true, true) => $"{Id}_hint {Id}_error",
        (true, false) => $"{Id}_hint",
        (false, true) => $"{Id}_error",
        (false, false) => "",
    };

    private void Name(TagHelperContent content)
    {
        var (open, close) = Field.IsGroup ? ("<legend class=\"form-label\">", "</legend>") : ($"<label class=\"form-label\" for=\"{Id}\">", "</label>");
        content.AppendHtml(open).Append(Field.Label);
        if (!Field.IsRequired)
        {
            content.AppendHtml(" <span class=\"optional\">(optional)</span>");
        }

        content.AppendHtml(close);
    }

    private IEnumerable<IHtmlContent> Inputs(string described, bool wrong) => Field.Kind switch
    {
        FieldKind.LongText => [Area(described, wrong)],
        FieldKind.Text => [Box("text", described, wrong)],
        FieldKind.Email => [Box("email", described, wrong)],
        FieldKind.Telephone => [Box("tel", described, wrong)],
        FieldKind.Date => [Box("date", described, wrong)],
        FieldKind.YesNo or FieldKind.Choice => Field.Choices.Select((option, index) => Check("radio", option, index, option.Value == Answer, wrong)),
        FieldKind.Checkboxes => Field.Choices.Select(
            (option, index) => Check("checkbox", option, index, Answers.Choices(Answer).Contains(option.Value, StringComparer.Ordinal), wrong)),
    };

    private TagBuilder Area(string described, bool wrong)
    {
        var area = Control("textarea", described, wrong);
        area.Attributes["rows"] = Rows.ToString(CultureInfo.InvariantCulture);

        // Browsers drop a line end right after the tag; this one is for them.
        area.InnerHtml.AppendHtml("\n").Append(Answer);
        return area;
    }

    private TagBuilder Box(string type, string described, bool wrong)
    {
        var box = Control("input", described, wrong);
        box.TagRenderMode = TagRenderMode.SelfClosing;
        box.Attributes["type"] = type;
        box.Attributes["value"] = Answer;
        if (Field.Autocomplete is { } purpose)
        {
            box.Attributes["autocomplete"] = purpose;
        }

        return box;
    }

    private TagBuilder Control(string tag, string described, bool wrong)
    {
        var control = new TagBuilder(tag);
        control.Attributes["class"] = wrong ? "form-control is-invalid" : "form-control";
        control.Attributes["id"] = Id;
        control.Attributes["name"] = Field.Name;
        if (described.Length > 0)
        {
            control.Attributes["aria-describedby"] = described;
        }

        if (wrong)
        {
            control.Attributes["aria-invalid"] = "true";
        }

        return control;
    }

    private TagBuilder Check(string type, FieldOption option, int index, bool isChosen, bool wrong)
    {
        var id = index == 0 ? Id : $"{Id}_{index + 1}";
        var input = new TagBuilder("input") { TagRenderMode = TagRenderMode.SelfClosing };
        input.Attributes["class"] = wrong ? "form-check-input is-invalid" : "form-check-input";
        input.Attributes["type"] = type;
        input.Attributes["id"] = id;
        input.Attributes["name"] = Field.Name;
        input.Attributes["value"] = option.Value;
        if (isChosen)
        {
            input.Attributes["checked"] = "checked";
        }

        var label = new TagBuilder("label");
        label.Attributes["class"] = "form-check-label";
        label.Attributes["for"] = id;
        label.InnerHtml.Append(option.Label);
        var row = new TagBuilder("div");
        row.Attributes["class"] = "form-check";
        row.InnerHtml.AppendHtml(input).AppendHtml(label);
        return row;
    }
}
