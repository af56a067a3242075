using System.Net;
using AngleSharp.Html.Dom;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Net.Http.Headers;

namespace JobServer.Portal.Tests;

/// <summary>A visitor without script: fetches pages, keeps cookies, sends forms as they stand on the page.</summary>
internal sealed class Browser(TestServer server)
{
    private readonly CookieContainer _cookies = new();
    private readonly HttpClient _client = server.CreateClient();

    /// <summary>Where a form without an address of its own goes.</summary>
    private string _here = "/";

    public async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request)
    {
        var address = new Uri(_client.BaseAddress!, request.RequestUri!);
        if (_cookies.GetCookieHeader(address) is { Length: > 0 } cookies)
            request.Headers.Add(HeaderNames.Cookie, cookies);
        var response = await _client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
        if (response.Headers.TryGetValues(HeaderNames.SetCookie, out var set))
        {
            foreach (var cookie in set)
                _cookies.SetCookies(address, cookie);
        }

        return response;
    }

    public Task<HttpResponseMessage> GetAsync(string address) => SendAsync(new HttpRequestMessage(HttpMethod.Get, address));

    /// <summary>The page at an address, which must answer with <paramref name="status"/>; one more cookie can be slipped in.</summary>
    public async Task<IHtmlDocument> PageAsync(string address, HttpStatusCode status = HttpStatusCode.OK, string? cookie = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, address);
        if (cookie is not null)
            request.Headers.Add(HeaderNames.Cookie, cookie);
        var response = await SendAsync(request);
        var html = await response.Content.ReadAsStringAsync();
        _here = address;
        Assert.True(response.StatusCode == status, $"{address} answered {response.StatusCode}: {html}");
        return PortalSite.Parse(html);
    }

    /// <summary>Sends a form of a page with its hidden fields; <paramref name="fields"/> win.</summary>
    public Task<HttpResponseMessage> SubmitAsync(IHtmlFormElement form, params (string Name, string Value)[] fields)
    {
        var values = form.QuerySelectorAll("input[type=hidden]").OfType<IHtmlInputElement>()
            .Select(input => (input.Name!, input.Value))
            .Where(hidden => fields.All(field => !string.Equals(field.Name, hidden.Item1, StringComparison.Ordinal)))
            .Concat(fields)
            .Select(field => KeyValuePair.Create(field.Item1, field.Item2));
        var address = form.GetAttribute("action") ?? _here;
        return SendAsync(new HttpRequestMessage(HttpMethod.Post, address) { Content = new FormUrlEncodedContent(values) });
    }

    /// <summary>As a browser does: everything that the form holds, with these fields filled in anew.</summary>
    public Task<HttpResponseMessage> SubmitWholeAsync(IHtmlFormElement form, params (string Name, string Value)[] fields)
    {
        var boxes = form.QuerySelectorAll("input:not([type=hidden])").OfType<IHtmlInputElement>()
            .Where(input => input.Type is not ("checkbox" or "radio") || input.IsChecked)
            .Select(input => (input.Name!, input.Value));
        var texts = form.QuerySelectorAll("textarea").OfType<IHtmlTextAreaElement>().Select(area => (area.Name!, area.Value));
        var lists = form.QuerySelectorAll("select").OfType<IHtmlSelectElement>().Select(list => (list.Name!, list.Value ?? ""));
        var kept = boxes.Concat(texts).Concat(lists).Where(held => fields.All(field => !string.Equals(field.Name, held.Item1, StringComparison.Ordinal)));
        return SubmitAsync(form, [.. kept, .. fields]);
    }

    /// <summary>Sends fields without looking at a page first, as a forged form would.</summary>
    public Task<HttpResponseMessage> PostBlindAsync(string address, params (string Name, string Value)[] fields) =>
        SendAsync(new HttpRequestMessage(HttpMethod.Post, address)
        {
            Content = new FormUrlEncodedContent(fields.Select(field => KeyValuePair.Create(field.Name, field.Value))),
        });
}
