using Microsoft.AspNetCore.Mvc.ViewFeatures;

namespace JobServer.Portal.Ui;

/// <summary>One message for the next page that is shown, kept in a protected cookie.</summary>
internal static class Flash
{
    private const string TextKey = "flash.text";
    private const string KindKey = "flash.kind";

    /// <summary>In characters. What is said may repeat what a study wrote, and a browser whose cookies are too long is refused every page.</summary>
    private const int Longest = 1_000;

    public static void Success(this ITempDataDictionary data, string text) => Set(data, "success", text);

    public static void Warn(this ITempDataDictionary data, string text) => Set(data, "warning", text);

    public static void Fail(this ITempDataDictionary data, string text) => Set(data, "danger", text);

    /// <summary>The message, once; kind is a tone of <see cref="Tone"/>.</summary>
    public static (string Kind, string Text)? Take(ITempDataDictionary data) =>
        data[TextKey] is string text && data[KindKey] is string kind ? (kind, text) : null;

    private static void Set(ITempDataDictionary data, string kind, string text)
    {
        data[KindKey] = kind;
        data[TextKey] = text.Length <= Longest ? text : text[..(char.IsHighSurrogate(text[Longest - 1]) ? Longest - 1 : Longest)] + "…";
    }
}
