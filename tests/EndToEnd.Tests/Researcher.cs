using System.Net;
using System.Text.RegularExpressions;
using JobServer.AllInOne;

namespace JobServer.EndToEnd.Tests;

/// <summary>A person at the pages without scripts: links and forms over HTTP, and the words that a page shows.</summary>
public sealed partial class Researcher : IDisposable
{
    public const string Project = "/demo-institute/asthma-exacerbations";

    private readonly HttpClient _http;

    private Researcher(AllInOneSite site) => _http = new HttpClient(new HttpClientHandler { CookieContainer = new CookieContainer() })
    {
        BaseAddress = new Uri(site.PortalAddress),
        Timeout = TimeSpan.FromSeconds(30),
    };

    /// <summary>The demo site's Project Developer.</summary>
    public static async Task<Researcher> SignInAsync(AllInOneSite site)
    {
        var researcher = new Researcher(site);
        var login = await researcher._http.GetStringAsync("/login");
        var person = PersonButton().Matches(login).Single(match => match.Groups["name"].Value == "Project Developer");
        await researcher.SendAsync("/login", "/login", new() { ["personId"] = person.Groups["id"].Value });
        return researcher;
    }

    public void Dispose() => _http.Dispose();

    public async Task<HttpStatusCode> StatusAsync(string address)
    {
        using var answer = await _http.GetAsync(address);
        return answer.StatusCode;
    }

    /// <summary>The words of a page's main part.</summary>
    public async Task<string> ReadAsync(string address) => Words(await _http.GetStringAsync(address));

    /// <summary>Sends a form of a page as a browser does; the words of the page that answers.</summary>
    /// <param name="page">Where the form is.</param>
    /// <param name="address">Where the form goes.</param>
    /// <param name="fields">What is filled in; an action that is not offered can be sent too.</param>
    public async Task<string> SendAsync(string page, string address, Dictionary<string, string> fields)
    {
        var html = await _http.GetStringAsync(page);
        fields["__form"] = ForgeryToken().Match(html).Groups["token"].Value;
        using var content = new FormUrlEncodedContent(fields);
        using var answer = await _http.PostAsync(address, content);
        Assert.True((int)answer.StatusCode < 500, $"{address} answered {answer.StatusCode}.");
        return Words(await answer.Content.ReadAsStringAsync());
    }

    private static string Words(string html)
    {
        var start = html.IndexOf("<main", StringComparison.Ordinal);
        var end = html.IndexOf("</main>", StringComparison.Ordinal);
        var main = start >= 0 && end > start ? html[start..end] : html;
        return Spaces().Replace(WebUtility.HtmlDecode(Tags().Replace(main, "")), " ");
    }

    [GeneratedRegex("""name="personId" value="(?<id>\d+)">Sign in<span class="visually-hidden"> as (?<name>[^<]+)</span>""", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex PersonButton();

    [GeneratedRegex("""name="__form"[^>]*value="(?<token>[^"]+)""", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex ForgeryToken();

    [GeneratedRegex("<[^>]*>", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Tags();

    [GeneratedRegex(@"\s+", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Spaces();
}
