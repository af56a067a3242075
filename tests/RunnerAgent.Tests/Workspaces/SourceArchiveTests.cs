using System.Formats.Tar;
using System.Text;
using JobServer.RunnerAgent.Workspaces;

namespace JobServer.RunnerAgent.Tests.Workspaces;

public sealed class SourceArchiveTests : IDisposable
{
    private readonly TempDirectory _temp = new();

    [Fact]
    public async Task The_top_folder_is_stripped_and_links_inside_are_kept()
    {
        await ExtractAsync(tar =>
        {
            tar.WriteEntry(new PaxGlobalExtendedAttributesTarEntry(new Dictionary<string, string> { ["comment"] = "abc" }));
            tar.WriteEntry(new PaxTarEntry(TarEntryType.Directory, "study-abc/"));
            File(tar, "study-abc/analysis/x.py", "print(1)");
            tar.WriteEntry(new PaxTarEntry(TarEntryType.SymbolicLink, "study-abc/latest") { LinkName = "analysis/x.py" });
        });

        Assert.Equal("print(1)", await System.IO.File.ReadAllTextAsync(Path.Join(Target, "analysis/x.py")));
        Assert.Equal("analysis/x.py", new FileInfo(Path.Join(Target, "latest")).LinkTarget);
    }

    [Theory]
    [InlineData("study/../../evil")]
    [InlineData("/etc/evil")]
    [InlineData("study//evil")]
    [InlineData("../evil")]
    [InlineData("study/a\\b")]
    [InlineData("study/a\nb")]
    [InlineData("study/./x")]
    public Task A_name_that_leads_elsewhere_is_refused(string name) => RefusedAsync(tar => File(tar, name, "x"));

    [Theory]
    [InlineData("study/l", "/etc/passwd")]
    [InlineData("study/l", "../x")]
    [InlineData("study/a/l", "../../x")]
    public Task A_link_that_leads_out_is_refused(string name, string target) =>
        RefusedAsync(tar => tar.WriteEntry(new PaxTarEntry(TarEntryType.SymbolicLink, name) { LinkName = target }));

    [Theory]
    [InlineData(TarEntryType.HardLink)]
    [InlineData(TarEntryType.Fifo)]
    [InlineData(TarEntryType.CharacterDevice)]
    [InlineData(TarEntryType.BlockDevice)]
    public Task Anything_but_files_folders_and_links_is_refused(TarEntryType type) => RefusedAsync(tar =>
    {
        File(tar, "study/a", "x");
        var entry = new PaxTarEntry(type, "study/b");
        if (type == TarEntryType.HardLink)
            entry.LinkName = "study/a";
        tar.WriteEntry(entry);
    });

    [Fact]
    public async Task Nothing_is_ever_written_through_a_link_of_the_archive()
    {
        await RefusedAsync(tar =>
        {
            tar.WriteEntry(new PaxTarEntry(TarEntryType.SymbolicLink, "study/d/up") { LinkName = ".." });
            tar.WriteEntry(new PaxTarEntry(TarEntryType.SymbolicLink, "study/out") { LinkName = "d/up/.." });
            tar.WriteEntry(new PaxTarEntry(TarEntryType.SymbolicLink, "study/out/evil") { LinkName = "x" });
            File(tar, "study/a", "x");
        });

        Assert.False(Path.Exists(Path.Join(_temp.Path, "evil")));
    }

    [Fact]
    public Task Two_top_folders_are_refused() => RefusedAsync(tar =>
    {
        File(tar, "one/a", "x");
        File(tar, "two/a", "x");
    });

    [Fact]
    public Task More_bytes_than_allowed_are_refused() => RefusedAsync(tar => File(tar, "study/big", new string('x', 10_001)));

    [Fact]
    public Task More_entries_than_allowed_are_refused() => RefusedAsync(tar =>
    {
        for (var i = 0; i < 21; i++)
            File(tar, $"study/{i}", "");
    });

    [Fact]
    public async Task What_is_no_archive_is_refused()
    {
        foreach (var bytes in new[] { "not gzip"u8.ToArray(), Studies.Snapshot(("a", new string('x', 3000)))[..60], [] })
        {
            var extract = () => new SourceArchive(_temp.Sub("t"), 10_000, 20).ExtractAsync(new MemoryStream(bytes), CancellationToken.None);
            if (bytes.Length > 0)
                await Assert.ThrowsAsync<InvalidDataException>(extract);
        }
    }

    private string Target => Path.Join(_temp.Path, "work");

    private async Task ExtractAsync(Action<TarWriter> write)
    {
        var archive = new SourceArchive(_temp.Sub("work"), maxBytes: 10_000, maxEntries: 20);
        await archive.ExtractAsync(new MemoryStream(Studies.Archive(write)), CancellationToken.None);
        archive.CreateLinks();
    }

    private async Task RefusedAsync(Action<TarWriter> write)
    {
        await Assert.ThrowsAsync<InvalidDataException>(() => ExtractAsync(write));
        Assert.Equal(["work"], Directory.GetFileSystemEntries(_temp.Path).Select(Path.GetFileName));
    }

    private static void File(TarWriter tar, string name, string text) =>
        tar.WriteEntry(new PaxTarEntry(TarEntryType.RegularFile, name) { DataStream = new MemoryStream(Encoding.UTF8.GetBytes(text)) });

    public void Dispose() => _temp.Dispose();
}
