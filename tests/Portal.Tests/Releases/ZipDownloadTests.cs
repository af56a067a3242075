using System.IO.Compression;
using System.Text;
using JobServer.Portal.Releases;
using Microsoft.AspNetCore.Builder;

namespace JobServer.Portal.Tests.Releases;

public sealed class ZipDownloadTests
{
    [Fact]
    public async Task A_zip_holds_every_file_under_its_path()
    {
        await using var site = await PortalSite.StartAsync(map: app => app.MapGet("/probe.zip", () => new ZipDownload("release.zip",
            [Entry("high_privacy/workspaces/genetic/output/a.csv", "a"), Entry("high_privacy/workspaces/genetic/output/b.csv", "b")])));

        var response = await site.NewBrowser().GetAsync("/probe.zip");

        Assert.Equal("attachment; filename=release.zip; filename*=UTF-8''release.zip", response.Content.Headers.GetValues("Content-Disposition").Single());
        using var zip = new ZipArchive(new MemoryStream(await response.Content.ReadAsByteArrayAsync()));
        Assert.Equal(
            ["high_privacy/workspaces/genetic/output/a.csv", "high_privacy/workspaces/genetic/output/b.csv"],
            zip.Entries.Select(entry => entry.FullName));
        using var reader = new StreamReader(zip.Entries[1].Open());
        Assert.Equal("b", await reader.ReadToEndAsync());
    }

    [Theory]
    [InlineData("../x")]
    [InlineData("/etc/x")]
    [InlineData("a//b")]
    [InlineData("a\\b")]
    [InlineData("C:x")]
    [InlineData("a\nb")]
    [InlineData("")]
    public void A_path_that_could_leave_the_folder_is_refused(string path) => Assert.False(ZipDownload.IsSafe(path));

    private static ZipEntrySource Entry(string path, string text) => new()
    {
        Path = path,
        At = DateTimeOffset.UnixEpoch.AddYears(30),
        OpenAsync = _ => Task.FromResult<Stream>(new MemoryStream(Encoding.UTF8.GetBytes(text))),
    };
}
