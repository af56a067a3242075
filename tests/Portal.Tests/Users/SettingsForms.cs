using AngleSharp.Html.Dom;

namespace JobServer.Portal.Tests.Users;

/// <summary>The forms of the settings page.</summary>
internal static class SettingsForms
{
    public static async Task<HttpResponseMessage> SaveAsync(this Browser browser, string handler, params (string Name, string Value)[] fields)
    {
        var page = await browser.PageAsync("/settings");
        var form = Assert.IsAssignableFrom<IHtmlFormElement>(page.QuerySelector($"form[action$='handler={handler}']"));
        return await browser.SubmitAsync(form, fields);
    }

    /// <summary>What the page says after a form was saved.</summary>
    public static async Task<string> SavedAsync(this Browser browser, string handler, params (string Name, string Value)[] fields)
    {
        var response = await browser.SaveAsync(handler, fields);
        Assert.True(
            response.Headers.Location?.ToString() == "/settings",
            $"{handler} answered {response.StatusCode}: {PortalSite.Parse(await response.Content.ReadAsStringAsync()).QuerySelector("main")?.TextContent}");
        return (await browser.PageAsync("/settings")).QuerySelector("[role=status]")!.TextContent;
    }

    /// <summary>What is said to be wrong with a field, also in the summary that leads to it.</summary>
    public static async Task<string> RefusedAsync(this Browser browser, string handler, string field, params (string Name, string Value)[] fields)
    {
        var response = await browser.SaveAsync(handler, fields);
        var page = PortalSite.Parse(await response.Content.ReadAsStringAsync());
        Assert.NotNull(page.GetElementById(field));
        return page.QuerySelector($".error-summary a[href='#{field}']")!.TextContent;
    }
}
