using JobServer.Portal.Releases;

namespace JobServer.Portal.Tests.Releases;

/// <summary>What a study writes, in names and in bytes, is text and nothing else.</summary>
public sealed class HostileFilesTests
{
    private const string Script = "<script>document.title='owned'</script>";

    [Fact]
    public async Task Markup_and_formulas_in_a_table_are_shown_as_they_are()
    {
        await using var site = await ReleasesSite.StartAsync();
        var release = await site.ReleaseAsync(("a.csv", $"{Script},b\n=cmd|'/c calc'!A0,<img src=x onerror=alert(1)>\n"));

        var page = await (await site.SignInAsync(site.Study.Developer)).PageAsync($"{site.Address}/releases/{release.Id}");

        Assert.Equal(Script, page.QuerySelector("thead th")!.TextContent);
        Assert.Equal(["=cmd|'/c calc'!A0", "<img src=x onerror=alert(1)>"], page.QuerySelectorAll("tbody td").Select(cell => cell.TextContent));
        Assert.Empty(page.QuerySelectorAll("main script, main img"));
    }

    [Theory]
    [InlineData("a.txt")]
    [InlineData("a.json")]
    [InlineData("a.yaml")]
    public async Task Markup_in_text_is_text(string path)
    {
        await using var site = await ReleasesSite.StartAsync();
        var release = await site.ReleaseAsync((path, $"</pre>{Script}"));

        var page = await (await site.SignInAsync(site.Study.Developer)).PageAsync($"{site.Address}/releases/{release.Id}");

        Assert.Equal($"</pre>{Script}", page.QuerySelector("pre")!.TextContent);
        Assert.Empty(page.QuerySelectorAll("main script"));
    }

    [Theory]
    [InlineData("a\"><script>x</script>.csv")]
    [InlineData("a' onmouseover='alert(1).png")]
    [InlineData("a\" sandbox=\"allow-scripts.html")]
    [InlineData("javascript:alert(1).txt")]
    [InlineData("a&#x3C;b.svg")]
    public async Task A_file_name_cannot_leave_the_place_where_it_is_written(string path)
    {
        await using var site = await ReleasesSite.StartAsync();
        var release = await site.ReleaseAsync((path, "x"));
        var browser = await site.SignInAsync(Domain.Access.Role.OutputChecker);

        foreach (var address in new[] { "releases", $"releases/{release.Id}", $"releases/{release.Id}/{release.Files[0].Id}/delete/" })
        {
            var page = await browser.PageAsync($"{site.Address}/{address}");
            Assert.Contains(path, page.QuerySelector("main")!.TextContent);
            Assert.Empty(page.QuerySelectorAll("main script, main [onmouseover], main a[href^=javascript], main [sandbox*=allow]"));
        }
    }

    [Theory]
    [InlineData("a\r\nSet-Cookie: x=1.txt", "a__Set-Cookie_ x=1.txt")]
    [InlineData("a\"b;c.txt", "a_b;c.txt")]
    [InlineData("данные\u202Egpj.csv", "данные_gpj.csv")]
    [InlineData("dir/...", "_")]
    public async Task A_file_name_in_a_header_is_one_harmless_name(string path, string name)
    {
        await using var site = await ReleasesSite.StartAsync();
        var release = await site.ReleaseAsync((path, "x"));

        var response = await (await site.SignInAsync(site.Study.Developer)).GetAsync($"/api/v2/releases/file/{release.Files[0].Id}");

        Assert.Equal(name, FileNames.ForDownload(path));
        Assert.False(response.Headers.TryGetValues("Set-Cookie", out _));
        var disposition = response.Content.Headers.GetValues("Content-Disposition").Single();
        Assert.EndsWith($"filename*=UTF-8''{Uri.EscapeDataString(name)}", disposition);
    }

    [Theory]
    [InlineData("a.png", "image/png")]
    [InlineData("a.csv", "text/csv; charset=utf-8")]
    [InlineData("a.txt", "text/plain; charset=utf-8")]
    [InlineData("a.html.exe", "application/octet-stream")]
    [InlineData("html", "application/octet-stream")]
    [InlineData("a.xhtml", "application/octet-stream")]
    public async Task The_name_decides_the_type_and_the_browser_may_not_guess_another(string path, string type)
    {
        await using var site = await ReleasesSite.StartAsync();
        var release = await site.ReleaseAsync((path, $"<!doctype html>{Script}"));

        var response = await (await site.SignInAsync(site.Study.Developer)).GetAsync($"/api/v2/releases/file/{release.Files[0].Id}");

        Assert.Equal(type, response.Content.Headers.ContentType!.ToString());
        Assert.Equal("nosniff", response.Headers.GetValues("X-Content-Type-Options").Single());
        Assert.Contains("sandbox;", response.Headers.GetValues("Content-Security-Policy").Single());
        Assert.Equal(
            type.StartsWith("application", StringComparison.Ordinal),
            response.Content.Headers.GetValues("Content-Disposition").Single().StartsWith("attachment", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("report\u202Egpj.exe", "report\\u{202E}gpj.exe")]
    [InlineData("a\nb", "a\\u{000A}b")]
    [InlineData("zero\u200Bwidth", "zero\\u{200B}width")]
    [InlineData("naïve données 数据.csv", "naïve données 数据.csv")]
    public void Letters_of_any_script_stay_and_what_cannot_be_seen_shows_as_its_code(string path, string shown) =>
        Assert.Equal(shown, FileNames.Shown(path));
}
