using Microsoft.Playwright;

namespace JobServer.EndToEnd.Tests;

/// <summary>
/// A person without a mouse. Wherever the focus comes to it must be seen: on the screen, not covered, and with a ring or a
/// shadow that the same thing does not have without it.
/// </summary>
internal sealed class Keyboard(IPage page)
{
    private const int MostStops = 400;

    /// <summary>Where the focus is; null on the page as a whole.</summary>
    private const string Look = """
        () => {
          const focused = document.activeElement;
          if (!focused || focused === document.body || focused === document.documentElement) return null;
          (window.reached ??= new Set()).add(focused);
          const text = (node) => {
            const said = node?.cloneNode(true);
            said?.querySelectorAll('[aria-hidden=true]').forEach((hidden) => hidden.remove());
            return (said?.textContent ?? '').replace(/\s+/g, ' ').trim();
          };
          const name = focused.getAttribute('aria-label') || text(document.getElementById(focused.getAttribute('aria-labelledby')))
            || text(focused.labels?.[0]) || text(focused);
          // A box may be drawn by its label.
          const own = getComputedStyle(focused);
          const drawn = focused.labels?.length && (own.opacity === '0' || parseFloat(own.width) <= 1) ? focused.labels[0] : focused;
          const style = getComputedStyle(drawn);
          let ring = style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 2;
          if (!ring) {
            const shadow = style.boxShadow;
            focused.blur();
            ring = shadow !== 'none' && shadow !== getComputedStyle(drawn).boxShadow;
            focused.focus();
          }
          const box = drawn.getBoundingClientRect();
          const [x, y] = [box.left + box.width / 2, box.top + box.height / 2];
          const inside = x >= 0 && y >= 0 && x < innerWidth && y < innerHeight;
          const top = inside ? document.elementFromPoint(x, y) : null;
          const onScreen = box.width > 1 && box.height > 1 && box.bottom > 0 && box.top < innerHeight && box.right > 0 && box.left < innerWidth;
          return {
            name,
            at: [...document.querySelectorAll('*')].indexOf(focused),
            problem: !onScreen ? 'is off the screen' : !ring ? 'shows no ring' : top && !drawn.contains(top) && !top.contains(drawn) ? 'is covered' : '',
          };
        }
        """;

    /// <summary>What can be worked and was not come to.</summary>
    private const string Missed = """
        () => [...document.querySelectorAll('a[href], button, input, select, textarea, summary, iframe, [tabindex="0"]')]
          .filter((node) => !node.disabled && node.type !== 'hidden' && node.tabIndex >= 0 && node.checkVisibility({ visibilityProperty: true })
            && !window.reached?.has(node)
            && !(node.type === 'radio' && [...document.getElementsByName(node.name)].some((other) => window.reached?.has(other))))
          .map((node) => node.outerHTML.slice(0, 150))
        """;

    /// <summary>Types into what has the focus, or presses a key such as <c>Enter</c> or <c>Escape</c>.</summary>
    public Task PressAsync(string key) => page.Keyboard.PressAsync(key);

    public Task TypeAsync(string text) => page.Keyboard.TypeAsync(text);

    /// <summary>Goes on with Tab until it comes to a thing of this name.</summary>
    /// <param name="name">What a screen reader would say, or how that begins.</param>
    /// <param name="isBeginning">Whether <paramref name="name"/> is only the beginning.</param>
    /// <param name="key">Tab, or Shift+Tab to go back.</param>
    public async Task ToAsync(string name, bool isBeginning = false, string key = "Tab")
    {
        var names = new List<string>();
        while (names.Count < MostStops)
        {
            await page.Keyboard.PressAsync(key);
            if (await LookAsync() is not { } stop)
            {
                names.Add("(the page)");
                continue;
            }

            names.Add(stop.Name);
            if (isBeginning ? stop.Name.StartsWith(name, StringComparison.Ordinal) : string.Equals(stop.Name, name, StringComparison.Ordinal))
            {
                return;
            }
        }

        Assert.Fail($"'{name}' cannot be come to on {page.Url}. What can: {string.Join(" | ", names.Distinct(StringComparer.Ordinal))}.");
    }

    public async Task ActivateAsync(string name, bool isBeginning = false, string key = "Enter")
    {
        await ToAsync(name, isBeginning);
        await PressAsync(key);
    }

    /// <summary>Goes once around the page as it was just opened: everything is come to, nothing holds the focus.</summary>
    public async Task AroundAsync()
    {
        var stops = new List<Stop>();
        while (true)
        {
            await page.Keyboard.PressAsync("Tab");
            if (await LookAsync() is not { } stop || (stops.Count > 0 && stop.At == stops[0].At))
            {
                break;
            }

            Assert.True(stops.TrueForAll(earlier => earlier.At != stop.At), $"The focus is caught at '{stop.Name}' on {page.Url}.");
            stops.Add(stop);
            Assert.True(stops.Count < MostStops, $"The focus does not leave {page.Url}.");
        }

        Assert.NotEmpty(stops);
        Assert.Equal("Skip to content", stops[0].Name);
        var missed = await page.EvaluateAsync<string[]>(Missed);
        Assert.True(missed.Length == 0, $"The keyboard does not come to these on {page.Url}: {string.Join('\n', missed)}");
    }

    /// <summary>The name of what has the focus now, which must be seen.</summary>
    public async Task<string?> FocusedAsync() => (await LookAsync())?.Name;

    private async Task<Stop?> LookAsync()
    {
        var stop = await page.EvaluateAsync<Stop?>(Look);
        Assert.True(stop is null || stop.Problem.Length == 0, $"The focus on {page.Url} at '{stop?.Name}' {stop?.Problem}.");
        return stop;
    }

    private sealed record Stop
    {
        public string Name { get; set; } = "";

        public int At { get; set; }

        public string Problem { get; set; } = "";
    }
}
