using System.Collections.Concurrent;
using System.IO.Compression;
using Microsoft.Net.Http.Headers;

namespace JobServer.Portal.Tests.Pages;

/// <summary>What a browser that was never here is sent for a page, with everything that the page names.</summary>
internal static class FirstLoadBudget
{
    public const int MostBytes = 100_000;

    private static readonly ConcurrentDictionary<string, long> Built = new(StringComparer.Ordinal);

    public static async Task AssertAsync(Browser browser, string address)
    {
        var (html, page) = await PageAsync(browser, address);
        var parts = new List<(string Address, long Bytes)> { (address, page) };
        var named = PortalSite.Parse(html).QuerySelectorAll("link[href], script[src], img[src], iframe[src]")
            .Select(element => element.GetAttribute("src") ?? element.GetAttribute("href")!)
            .Where(name => !name.StartsWith("data:", StringComparison.Ordinal))
            .Distinct(StringComparer.Ordinal).ToList();
        Assert.Contains(named, name => name.Contains("bootstrap", StringComparison.Ordinal));
        foreach (var name in named)
        {
            parts.Add((name, await AssetAsync(browser, name)));
        }

        Assert.True(
            parts.Sum(part => part.Bytes) <= MostBytes,
            $"{parts.Sum(part => part.Bytes):N0} bytes: {string.Join(", ", parts.Select(part => $"{part.Address} {part.Bytes:N0}"))}.");
    }

    private static async Task<(string Html, long Bytes)> PageAsync(Browser browser, string address)
    {
        using var response = await AskAsync(browser, address);
        var body = await response.Content.ReadAsByteArrayAsync();
        Assert.Equal(["br"], response.Content.Headers.ContentEncoding);
        using var text = new StreamReader(new BrotliStream(new MemoryStream(body), CompressionMode.Decompress));
        return (await text.ReadToEndAsync(), body.Length + HeadersOf(response));
    }

    /// <summary>A build leaves the brotli files to the publishing, so they are made here.</summary>
    private static async Task<long> AssetAsync(Browser browser, string address)
    {
        if (Built.TryGetValue(address, out var known))
        {
            return known;
        }

        using var response = await AskAsync(browser, address);
        var body = await response.Content.ReadAsByteArrayAsync();
        if (response.Content.Headers.ContentEncoding.Count == 0)
        {
            using var packed = new MemoryStream();
            using (var brotli = new BrotliStream(packed, CompressionLevel.SmallestSize, leaveOpen: true))
            {
                await brotli.WriteAsync(body);
            }

            body = packed.ToArray();
        }

        return Built[address] = body.Length + HeadersOf(response);
    }

    private static Task<HttpResponseMessage> AskAsync(Browser browser, string address)
    {
        var request = new HttpRequestMessage(HttpMethod.Get, address);
        request.Headers.Add(HeaderNames.AcceptEncoding, "br");
        request.Headers.Add("Sec-Fetch-Site", "none");
        return browser.SendAsync(request);
    }

    private static int HeadersOf(HttpResponseMessage response) => $"{response.Headers}{response.Content.Headers}".Length;
}
