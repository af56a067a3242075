using System.Net;
using AngleSharp.Html.Dom;

namespace JobServer.Portal.Tests.Runs;

/// <summary>A browser without script, over real HTTP.</summary>
internal sealed class WebVisitor(Uri site) : IDisposable
{
    private readonly HttpClient _client = new(new SocketsHttpHandler { AllowAutoRedirect = false, CookieContainer = new CookieContainer() })
    {
        BaseAddress = site,
        Timeout = TimeSpan.FromSeconds(60),
    };

    public Task<HttpResponseMessage> GetAsync(string address) => _client.GetAsync(address, HttpCompletionOption.ResponseHeadersRead);

    /// <summary>Whatever is in it; the body of the answer is read by who wants it.</summary>
    public Task<HttpResponseMessage> SendAsync(HttpRequestMessage request) => _client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);

    public async Task<IHtmlDocument> PageAsync(string address, HttpStatusCode status = HttpStatusCode.OK)
    {
        using var response = await GetAsync(address);
        var html = await response.Content.ReadAsStringAsync();
        Assert.True(response.StatusCode == status, $"{address} answered {response.StatusCode} to {response.Headers.Location}: {html}");
        return PortalSite.Parse(html);
    }

    public async Task SignInAsync(int userId)
    {
        var page = await PageAsync("/login");
        var form = page.QuerySelectorAll("main form").OfType<IHtmlFormElement>().First();
        using var response = await SubmitAsync(form, "/login", ("personId", userId.ToString()));
        Assert.Equal(HttpStatusCode.Redirect, response.StatusCode);
    }

    /// <summary>Sends a form as it stands: hidden fields, boxes that are checked, and <paramref name="fields"/>.</summary>
    public Task<HttpResponseMessage> SubmitAsync(IHtmlFormElement form, string address, params (string Name, string Value)[] fields)
    {
        var values = form.QuerySelectorAll("input[type=hidden]").OfType<IHtmlInputElement>().Select(input => (Name: input.Name!, input.Value))
            .Concat(form.QuerySelectorAll("input[type=checkbox], input[type=radio]").OfType<IHtmlInputElement>()
                .Where(input => input.IsChecked).Select(input => (Name: input.Name!, input.Value)))
            .Concat(fields)
            .Select(field => KeyValuePair.Create(field.Name, field.Value));
        return _client.PostAsync(form.GetAttribute("action") ?? address, new FormUrlEncodedContent(values));
    }

    public async Task<StreamReader> EventsAsync(string address)
    {
        var response = await GetAsync(address);
        Assert.Equal("text/event-stream", response.Content.Headers.ContentType!.MediaType);
        return new StreamReader(await response.Content.ReadAsStreamAsync());
    }

    public void Dispose() => _client.Dispose();
}
