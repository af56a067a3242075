using System.IO.Compression;
using System.Net;
using JobServer.Domain.Access;
using JobServer.Domain.Backends;
using JobServer.Domain.Releases;

namespace JobServer.Portal.Tests.Releases;

public sealed class ReleaseZipTests
{
    [Fact]
    public async Task Download_all_holds_every_file_of_the_release_under_the_path_that_users_know()
    {
        await using var site = await ReleasesSite.StartAsync();
        var release = await site.ReleaseAsync(("output/a.csv", "a"), ("output/b.csv", "b"));
        await site.ReleaseAsync(("output/a.csv", "newer"));
        var browser = await site.SignInAsync(site.Study.Developer);

        var response = await browser.GetAsync($"{site.Address}/releases/{release.Id}/download/");

        Assert.Equal($"attachment; filename=release-{release.Id}.zip", response.Content.Headers.GetValues("Content-Disposition").Single().Split("; filename*")[0]);
        var entries = await EntriesAsync(response);
        var folder = $"high_privacy/workspaces/{site.Study.Workspace.Slug}/output/";
        Assert.Equal([(folder + "a.csv", "a"), (folder + "b.csv", "b")], entries);
    }

    [Fact]
    public async Task The_latest_zip_holds_the_newest_of_each_path_and_a_note_in_place_of_a_deleted_one()
    {
        await using var site = await ReleasesSite.StartAsync();
        await site.ReleaseAsync(("output/a.csv", "old"), ("output/b.csv", "secret"), ("output/b.csv.bak", "bak"));
        var newer = await site.ReleaseAsync(("output/a.csv", "new"), ("output/b.csv", "secret again"));
        var checker = await site.Data.CreateUserAsync(Role.OutputChecker);
        await site.RedactAsync(newer.Files[1], checker, "It names a practice.");
        var browser = await site.SignInAsync(site.Study.Developer);

        var response = await browser.GetAsync($"{site.Address}/outputs/latest/download/");

        Assert.Contains($"filename=workspace-{site.Study.Workspace.Slug}.zip", response.Content.Headers.GetValues("Content-Disposition").Single());
        var entries = await EntriesAsync(response);
        var folder = $"high_privacy/workspaces/{site.Study.Workspace.Slug}/output/";
        Assert.Equal([folder + "a.csv", folder + "b.csv.deleted.txt", folder + "b.csv.bak"], entries.Select(entry => entry.Path));
        Assert.Equal("new", entries[0].Text);
        Assert.Contains($"Deleted by: {checker.FullName}", entries[1].Text);
        Assert.Contains("2026-03-02 09:02:00 UTC", entries[1].Text);
        Assert.Contains("It names a practice.", entries[1].Text);
        Assert.DoesNotContain(entries, entry => entry.Text.Contains("secret", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_damaged_file_breaks_the_download_off_so_that_nobody_takes_the_zip_for_whole()
    {
        await using var site = await ReleasesSite.StartAsync();
        var noise = new byte[3_000_000];
        new Random(1).NextBytes(noise);
        var release = await site.ReleaseBytesAsync(ReleasePolicy.Reviewed, ("a.bin", noise), ("b.txt", "fine"u8.ToArray()), ("c.txt", "later"u8.ToArray()));
        site.Damage(release.Files[1]);
        var browser = await site.SignInAsync(site.Study.Developer);

        await Assert.ThrowsAnyAsync<Exception>(async () =>
        {
            var response = await browser.GetAsync($"{site.Address}/releases/{release.Id}/download/");
            await response.Content.CopyToAsync(Stream.Null);
        });

        await Until.TrueAsync(() => site.Errors.Any(error => error.Contains(release.Files[1].Id, StringComparison.Ordinal)));
    }

    [Fact]
    public async Task A_missing_file_is_an_error_before_the_first_byte()
    {
        await using var site = await ReleasesSite.StartAsync();
        var release = await site.ReleaseAsync(("a.txt", "a"));
        File.Delete(Path.Combine(site.Data.Database.Folder, "blobs", release.Files[0].Digest[..2], release.Files[0].Digest));
        var browser = await site.SignInAsync(site.Study.Developer);

        Assert.Equal(HttpStatusCode.InternalServerError, (await browser.GetAsync($"{site.Address}/releases/{release.Id}/download/")).StatusCode);
        Assert.Contains(site.Errors, error => error.Contains("missing", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Names_that_some_systems_cannot_store_are_changed_and_stay_apart()
    {
        await using var site = await ReleasesSite.StartAsync();
        var release = await site.ReleaseAsync(("out/a:b.csv", "1"), ("out/a_b.csv", "2"), ("out/A_B.csv", "3"), ("out/\u202Egpj.csv ", "4"));
        var browser = await site.SignInAsync(site.Study.Developer);

        var entries = await EntriesAsync(await browser.GetAsync($"{site.Address}/releases/{release.Id}/download/"));

        Assert.Equal(4, entries.Select(entry => entry.Path).Distinct(StringComparer.OrdinalIgnoreCase).Count());
        Assert.DoesNotContain(entries, entry => entry.Path.AsSpan().ContainsAny(':', '\u202E', '\\'));
        Assert.Equal(["1", "2", "3", "4"], entries.Select(entry => entry.Text).Order());
    }

    private static async Task<List<(string Path, string Text)>> EntriesAsync(HttpResponseMessage response)
    {
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        using var zip = new ZipArchive(new MemoryStream(await response.Content.ReadAsByteArrayAsync()));
        return [.. zip.Entries.Select(entry =>
        {
            using var reader = new StreamReader(entry.Open());
            return (entry.FullName, reader.ReadToEnd());
        })];
    }
}
