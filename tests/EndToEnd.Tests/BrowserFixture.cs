using Microsoft.Playwright;

namespace JobServer.EndToEnd.Tests;

/// <summary>One headless Chromium for all journeys; each journey has a context of its own.</summary>
public sealed class BrowserFixture : IAsyncLifetime
{
    private static readonly string[] Arguments =
    [
        "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync",
    ];

    private IPlaywright? _playwright;
    private IBrowser? _browser;

    public async Task InitializeAsync()
    {
        if (Programs.AreMissing)
        {
            return;
        }

        _playwright = await Playwright.CreateAsync();
        _browser = await _playwright.Chromium.LaunchAsync(new BrowserTypeLaunchOptions { ExecutablePath = Programs.ChromiumPath, Args = Arguments });
    }

    public async Task DisposeAsync()
    {
        if (_browser is not null)
        {
            await _browser.DisposeAsync();
        }

        _playwright?.Dispose();
    }

    /// <param name="address">Of the site.</param>
    /// <param name="scripts">Whether the browser runs the pages' scripts.</param>
    public async Task<Visitor> VisitAsync(string address, bool scripts = true)
    {
        var context = await _browser!.NewContextAsync(
            new BrowserNewContextOptions { BaseURL = address, AcceptDownloads = true, JavaScriptEnabled = scripts });
        context.SetDefaultTimeout(30_000);
        return new Visitor(context, await context.NewPageAsync()).WatchScripts();
    }
}
