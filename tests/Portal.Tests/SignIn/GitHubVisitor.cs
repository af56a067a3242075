using AngleSharp.Html.Dom;

namespace JobServer.Portal.Tests.SignIn;

/// <summary>The steps of a person who signs in with GitHub.</summary>
internal static class GitHubVisitor
{
    /// <summary>Presses the button of the sign-in page.</summary>
    /// <returns>GitHub's page that asks.</returns>
    public static async Task<Uri> BeginAsync(this Browser browser, string next = "/orgs")
    {
        var page = await browser.PageAsync($"/login?next={Uri.EscapeDataString(next)}");
        var form = Assert.IsAssignableFrom<IHtmlFormElement>(page.QuerySelector("form[action='/login/github']"));
        return (await browser.SubmitAsync(form)).Headers.Location!;
    }

    /// <summary>The whole way, with a yes at GitHub.</summary>
    /// <returns>Where the site leads in the end.</returns>
    public static async Task<string> SignInWithAsync(this Browser browser, GitHubServer gitHub, string next = "/orgs") =>
        await browser.ReturnAsync(gitHub.Authorize(await browser.BeginAsync(next)));

    /// <summary>Follows GitHub's way back.</summary>
    public static async Task<string> ReturnAsync(this Browser browser, string address)
    {
        var response = await browser.GetAsync(address);
        Assert.True(response.Headers.Location is not null, $"{address} answered {response.StatusCode}: {await response.Content.ReadAsStringAsync()}");
        return response.Headers.Location.ToString();
    }
}
