using Microsoft.AspNetCore.Mvc.ViewFeatures;

namespace JobServer.Portal.Ui;

/// <summary>The way to the page, set by the page and drawn by the layout.</summary>
internal static class Breadcrumbs
{
    private const string Key = "breadcrumbs";

    public static void SetBreadcrumbs(this ViewDataDictionary data, params Breadcrumb[] crumbs) => data[Key] = crumbs;

    public static IReadOnlyList<Breadcrumb> Of(ViewDataDictionary data) => data[Key] as Breadcrumb[] ?? [];
}
