using Microsoft.AspNetCore.Html;

namespace JobServer.Portal.Ui;

/// <summary>The icons of the site: 16×16, drawn with the colour of the text, hidden from screen readers.</summary>
internal static class Icons
{
    public static IHtmlContent Of(Tone tone) => tone switch
    {
        Tone.Waiting => Stroke("M8 4.5V8l2.5 1.5", "<circle cx=\"8\" cy=\"8\" r=\"6\"/>"),
        Tone.Active => Stroke("M14 8a6 6 0 1 1-3-5.2", "", "icon-turning"),
        Tone.Good => Stroke("m5.2 8.2 2 2 3.6-4.2", "<circle cx=\"8\" cy=\"8\" r=\"6\"/>"),
        Tone.Bad => Stroke("m5.8 5.8 4.4 4.4m0-4.4-4.4 4.4", "<circle cx=\"8\" cy=\"8\" r=\"6\"/>"),
        Tone.Warning => Stroke("M8 2.2 14.4 13.5H1.6zM8 6.3v3.2m0 1.9v.1"),
        _ => Stroke("M5 8h6", "<circle cx=\"8\" cy=\"8\" r=\"6\"/>"),
    };

    public static readonly IHtmlContent Branch =
        Stroke("M4.5 5.5v5m0-2c0-2 7-.5 7-3", "<circle cx=\"4.5\" cy=\"4\" r=\"1.5\"/><circle cx=\"4.5\" cy=\"12\" r=\"1.5\"/><circle cx=\"11.5\" cy=\"4\" r=\"1.5\"/>");

    public static readonly IHtmlContent Chevron = Stroke("m4.5 6.5 3.5 3.5 3.5-3.5");

    public static readonly IHtmlContent Download = Stroke("M8 2.5v7m-3-3 3 3 3-3M3 12.5h10");

    public static readonly IHtmlContent Play = Stroke("M5 3.2 12.5 8 5 12.8z");

    public static readonly IHtmlContent Plus = Stroke("M8 3.5v9M3.5 8h9");

    private static HtmlString Stroke(string path, string more = "", string css = "") => new(
        $"<svg class=\"icon {css}\" viewBox=\"0 0 16 16\" width=\"16\" height=\"16\" fill=\"none\" stroke=\"currentColor\" " +
        "stroke-width=\"1.6\" stroke-linecap=\"round\" stroke-linejoin=\"round\" aria-hidden=\"true\" focusable=\"false\">" +
        $"{more}<path d=\"{path}\"/></svg>");
}
