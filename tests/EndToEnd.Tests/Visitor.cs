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

    private const string Again = """
        async (tags) => (await axe.run(document, { runOnly: { type: 'tag', values: tags }, resultTypes: ['violations'] }))
          .violations.map(({ id, nodes }) => `${id} at ${nodes.slice(0, 3).map((node) => node.html).join(', ')}`)
        """;

    private readonly List<string> _problems = [];

    public IPage Page => page;

    /// <summary>The browser complains of every answer that is a refusal; here they are what is looked at.</summary>
    public bool IsAfterRefusals { get; set; }

    /// <summary>From now on script errors of the page count as problems.</summary>
    public Visitor WatchScripts()
    {
        page.PageError += (_, error) => _problems.Add($"script error: {error}");
        page.Console += (_, message) =>
        {
            var isRefusal = message.Text.Contains("404", StringComparison.Ordinal)
                || (IsAfterRefusals && message.Text.StartsWith("Failed to load resource", StringComparison.Ordinal));
            if (message.Type == "error" && !isRefusal)
            {
                _problems.Add($"console: {message.Text}");
            }
        };
        return this;
    }

    public async Task SignInAsync(string person)
    {
        await page.GotoAsync("/login");
        await page.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = $"Sign in as {person}", Exact = true }).ClickAsync();
        await Assertions.Expect(page.Locator("details.account")).ToBeVisibleAsync();
    }

    /// <summary>Looks at the page as it is: screenshots of it, no accessibility problem, nothing wider than a small screen.</summary>
    public async Task LookAsync(string name)
    {
        await PictureAsync(name, ColorScheme.Light, 1280, 900);
        await LeaveOutStudyFramesAsync();
        await CheckAsync(name, ColorScheme.Light, 1280, 900, isFirst: true);
        await CheckAsync(name, ColorScheme.Light, 320, 640);
        await PictureAsync(name, ColorScheme.Dark, 320, 640);
        await CheckAsync(name, ColorScheme.Dark, 320, 640);
        await CheckAsync(name, ColorScheme.Dark, 1280, 900);
        await ShowAsync(ColorScheme.Light, 1280, 900);
    }

    /// <summary>Every problem of every page looked at, at once.</summary>
    public void AssertNothingWasWrong() => Assert.True(_problems.Count == 0, string.Join('\n', _problems));

    public ValueTask DisposeAsync() => context.DisposeAsync();

    private async Task ShowAsync(ColorScheme scheme, int width, int height)
    {
        await page.EmulateMediaAsync(new PageEmulateMediaOptions { ColorScheme = scheme, ReducedMotion = ReducedMotion.Reduce });
        await page.SetViewportSizeAsync(width, height);
    }

    private async Task PictureAsync(string name, ColorScheme scheme, int width, int height)
    {
        await ShowAsync(scheme, width, height);
        await page.ScreenshotAsync(new PageScreenshotOptions { Path = Path.Combine(Screenshots, $"{name}-{scheme}-{width}.png"), FullPage = true });
    }

    private async Task CheckAsync(string name, ColorScheme scheme, int width, int height, bool isFirst = false)
    {
        await ShowAsync(scheme, width, height);

        // The first run brings the checker into the page, where it stays.
        var violations = isFirst
            ? (await page.RunAxe(Rules)).Violations.Select(violation => $"{violation.Id} at {string.Join(", ", violation.Nodes.Take(3).Select(node => node.Html))}")
            : await page.EvaluateAsync<string[]>(Again, Rules.RunOnly.Values);
        _problems.AddRange(violations.Select(violation => $"{name} ({scheme}, {width}): {violation}"));
        var overflow = await page.EvaluateAsync<int>("() => document.documentElement.scrollWidth - document.documentElement.clientWidth");
        if (overflow > 0)
        {
            _problems.Add($"{name} ({scheme}, {width}) is {overflow} pixels wider than the screen.");
        }
    }

    /// <summary>No script runs in a frame with a study's page, so the checker cannot look inside and would wait for ever.</summary>
    private async Task LeaveOutStudyFramesAsync()
    {
        var untitled = await page.EvaluateAsync<int>("() => document.querySelectorAll('iframe[sandbox]:not([title])').length");
        if (untitled > 0)
        {
            _problems.Add("A frame has no title.");
        }

        await page.EvaluateAsync("() => document.querySelectorAll('iframe[sandbox]').forEach(frame => frame.remove())");
    }
}
