using System.Net;
using System.Net.Http.Headers;
using JobServer.Domain.Access;

namespace JobServer.Portal.Tests.Releases;

public sealed class FileAddressTests
{
    [Fact]
    public async Task A_file_comes_with_its_type_its_name_and_no_rights()
    {
        await using var site = await ReleasesSite.StartAsync();
        var file = (await site.ReleaseAsync(("output/report.html", "<p>hi</p>"))).Files[0];
        var browser = await site.SignInAsync(site.Study.Developer);

        var response = await browser.GetAsync($"/api/v2/releases/file/{file.Id.ToLowerInvariant()}");

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal("<p>hi</p>", await response.Content.ReadAsStringAsync());
        Assert.Equal("text/html; charset=utf-8", response.Content.Headers.ContentType!.ToString());
        Assert.StartsWith("inline; filename=report.html", response.Content.Headers.GetValues("Content-Disposition").Single());
        Assert.Equal("nosniff", response.Headers.GetValues("X-Content-Type-Options").Single());
        var policy = response.Headers.GetValues("Content-Security-Policy").Single();
        Assert.StartsWith("default-src 'none'; sandbox; style-src 'unsafe-inline'; img-src data:", policy);
        Assert.Contains("form-action 'none'", policy);
        Assert.DoesNotContain("allow-", policy);
        Assert.Equal($"\"{file.Digest}\"", response.Headers.ETag!.Tag);
        Assert.Equal(file.CreatedAt, response.Content.Headers.LastModified);
        Assert.True(response.Headers.CacheControl!.Private);
        Assert.True(response.Headers.CacheControl.NoCache);
    }

    [Fact]
    public async Task A_file_can_be_asked_for_by_head_range_and_digest_and_as_a_download()
    {
        await using var site = await ReleasesSite.StartAsync();
        var file = (await site.ReleaseAsync(("a.txt", "0123456789"))).Files[0];
        var browser = await site.SignInAsync(site.Study.Developer);
        var address = $"/api/v2/releases/file/{file.Id}";

        var head = await browser.SendAsync(new HttpRequestMessage(HttpMethod.Head, address));
        Assert.Equal(10, head.Content.Headers.ContentLength);
        Assert.Empty(await head.Content.ReadAsStringAsync());
        var range = new HttpRequestMessage(HttpMethod.Get, address);
        range.Headers.Range = new RangeHeaderValue(2, 4);
        var part = await browser.SendAsync(range);
        Assert.Equal(HttpStatusCode.PartialContent, part.StatusCode);
        Assert.Equal("234", await part.Content.ReadAsStringAsync());
        var known = new HttpRequestMessage(HttpMethod.Get, address);
        known.Headers.IfNoneMatch.Add(new EntityTagHeaderValue($"\"{file.Digest}\""));
        var same = await browser.SendAsync(known);
        Assert.Equal(HttpStatusCode.NotModified, same.StatusCode);
        Assert.StartsWith("default-src 'none'; sandbox;", same.Headers.GetValues("Content-Security-Policy").Single());
        Assert.Equal($"\"{file.Digest}\"", same.Headers.ETag!.Tag);
        Assert.StartsWith("attachment;", (await browser.GetAsync(address + "?download")).Content.Headers.GetValues("Content-Disposition").Single());
    }

    [Fact]
    public async Task The_rights_that_count_are_those_in_the_project_of_the_file()
    {
        await using var site = await ReleasesSite.StartAsync();
        var file = (await site.ReleaseAsync(("a.txt", "a"))).Files[0];
        var stranger = await site.Data.CreateUserAsync();
        await site.Data.AddMemberAsync(await site.Data.CreateProjectAsync(), stranger, Role.ProjectDeveloper);
        var address = $"/api/v2/releases/file/{file.Id}";

        Assert.Equal(HttpStatusCode.Unauthorized, (await site.Visitor().GetAsync(address)).StatusCode);
        var refused = await (await site.SignInAsync(stranger)).GetAsync(address);
        Assert.Equal(HttpStatusCode.Forbidden, refused.StatusCode);
        Assert.Contains("Project Collaborator", await refused.Content.ReadAsStringAsync());
        Assert.Equal(HttpStatusCode.OK, (await (await site.SignInAsync(site.Study.Developer)).GetAsync(address)).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await (await site.SignInAsync(Role.OutputPublisher)).GetAsync(address)).StatusCode);
        Assert.Equal(HttpStatusCode.Forbidden, (await (await site.SignInAsync(Role.CoreDeveloper)).GetAsync(address)).StatusCode);
    }

    [Fact]
    public async Task A_deleted_and_an_unknown_file_are_not_found()
    {
        await using var site = await ReleasesSite.StartAsync();
        var file = (await site.ReleaseAsync(("a.txt", "the content"))).Files[0];
        await site.RedactAsync(file, site.Study.Developer);
        var browser = await site.SignInAsync(site.Study.Developer);

        var deleted = await browser.GetAsync($"/api/v2/releases/file/{file.Id}");
        Assert.Equal(HttpStatusCode.NotFound, deleted.StatusCode);
        Assert.DoesNotContain("the content", await deleted.Content.ReadAsStringAsync());
        Assert.Equal(HttpStatusCode.NotFound, (await browser.GetAsync($"/api/v2/releases/file/{new string('Z', 26)}")).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await browser.GetAsync("/api/v2/releases/file/..%2f..%2fetc")).StatusCode);
    }

    [Theory]
    [InlineData("")]
    [InlineData("?download")]
    public async Task A_damaged_file_is_never_delivered_and_is_written_down(string query)
    {
        await using var site = await ReleasesSite.StartAsync();
        var file = (await site.ReleaseAsync(("a.txt", "the content"))).Files[0];
        site.Damage(file);
        var browser = await site.SignInAsync(site.Study.Developer);

        var response = await browser.GetAsync($"/api/v2/releases/file/{file.Id}{query}");

        Assert.Equal(HttpStatusCode.InternalServerError, response.StatusCode);
        Assert.DoesNotContain("the conten", await response.Content.ReadAsStringAsync());
        Assert.Contains(site.Errors, error => error.Contains(file.Id, StringComparison.Ordinal) && error.Contains("do not match", StringComparison.Ordinal));
        var page = await browser.PageAsync($"{site.Address}/outputs/latest");
        Assert.Contains("damaged", page.QuerySelector(".viewer-file")!.TextContent);
        Assert.DoesNotContain("the conten", page.DocumentElement.TextContent);
    }

    [Fact]
    public async Task A_large_file_comes_whole_in_parts_and_by_its_conditions()
    {
        await using var site = await ReleasesSite.StartAsync();
        var content = new byte[17 * 1024 * 1024];
        new Random(3).NextBytes(content);
        var file = (await site.ReleaseBytesAsync(Domain.Backends.ReleasePolicy.Reviewed, ("model.rds", content))).Files[0];
        var browser = await site.SignInAsync(site.Study.Developer);
        async Task<HttpResponseMessage> GetAsync(Action<HttpRequestHeaders> set)
        {
            var request = new HttpRequestMessage(HttpMethod.Get, $"/api/v2/releases/file/{file.Id}");
            set(request.Headers);
            return await browser.SendAsync(request);
        }

        var whole = await GetAsync(_ => { });
        Assert.Equal((content.Length, "bytes"), ((int)whole.Content.Headers.ContentLength!, whole.Headers.AcceptRanges.Single()));
        Assert.Equal(content, await whole.Content.ReadAsByteArrayAsync());
        var parts = await Task.WhenAll(Enumerable.Range(0, 8).Select(part => GetAsync(headers => headers.Range = new RangeHeaderValue(part * 1000, (part * 1000) + 999))));
        for (var part = 0; part < parts.Length; part++)
        {
            Assert.Equal(HttpStatusCode.PartialContent, parts[part].StatusCode);
            Assert.Equal(content[(part * 1000)..((part * 1000) + 1000)], await parts[part].Content.ReadAsByteArrayAsync());
        }

        Assert.Equal(HttpStatusCode.NotModified, (await GetAsync(headers => headers.IfNoneMatch.Add(new EntityTagHeaderValue($"\"{file.Digest}\"")))).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await GetAsync(headers => headers.IfNoneMatch.Add(new EntityTagHeaderValue("\"other\"")))).StatusCode);
        Assert.Equal(HttpStatusCode.PreconditionFailed, (await GetAsync(headers => headers.IfMatch.Add(new EntityTagHeaderValue("\"other\"")))).StatusCode);
    }
}
