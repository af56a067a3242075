using Deque.AxeCore.Commons;
using Deque.AxeCore.Playwright;
using Microsoft.Playwright;

namespace JobServer.EndToEnd.Tests;

/// <summary>A person at a browser. Pages they look at are checked for accessibility, in both themes and on a small screen.</summary>
public sealed class Visitor(IBrowserContext context, IPage page) : IAsyncDisposable
{
    private static readonly string Screenshots = Path.Combine(AppContext.BaseDirectory, "screenshots");

    private static readonly AxeRunOptions Rules = new()
    {
        RunOnly = new RunOnlyOptions { Type = "tag", Values = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"] },
    };

    private readonly List<string> _scriptErrors = [];

    public IPage Page => page;

    public async Task SignInAsync(string person)
    {
        await page.GotoAsync("/login");
        await page.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = $"Sign in as {person}", Exact = true }).ClickAsync();
        await Assertions.Expect(page.Locator("details.account")).ToBeVisibleAsync();
    }

    /// <summary>Looks at the page as it is: screenshots of it, no accessibility problem, nothing wider than a small screen.</summary>
    public async Task LookAsync(string name)
    {
        page.PageError += (_, error) => _scriptErrors.Add(error);
        foreach (var scheme in new[] { ColorScheme.Light, ColorScheme.Dark })
        {
            await page.EmulateMediaAsync(new PageEmulateMediaOptions { ColorScheme = scheme, ReducedMotion = ReducedMotion.Reduce });
            await CheckAsync(name, scheme.ToString(), 1280, 900);
            await CheckAsync(name, $"{scheme}-320", 320, 640);
        }

        await page.EmulateMediaAsync(new PageEmulateMediaOptions { ColorScheme = ColorScheme.Light });
        await page.SetViewportSizeAsync(1280, 900);
        Assert.Empty(_scriptErrors);
    }

    public ValueTask DisposeAsync() => context.DisposeAsync();

    private async Task CheckAsync(string name, string variant, int width, int height)
    {
        await page.SetViewportSizeAsync(width, height);
        await page.ScreenshotAsync(new PageScreenshotOptions { Path = Path.Combine(Screenshots, $"{name}-{variant}.png"), FullPage = true });
        var result = await page.RunAxe(Rules);
        Assert.True(
            result.Violations.Length == 0,
            $"{name} ({variant}): " + string.Join("; ", result.Violations.Select(violation =>
                $"{violation.Id} at {string.Join(", ", violation.Nodes.Take(3).Select(node => node.Html))}")));
        var overflow = await page.EvaluateAsync<int>("() => document.documentElement.scrollWidth - document.documentElement.clientWidth");
        Assert.True(overflow <= 0, $"{name} ({variant}) is {overflow} pixels wider than the screen.");
    }
}
