using System.Formats.Tar;
using System.IO.Compression;
using System.Text;
using JobServer.Portal.CodeHosts;
using Microsoft.Extensions.Options;

namespace JobServer.Portal.Tests.CodeHosts;

public sealed class LocalGitCodeHostTests : IDisposable
{
    private static readonly CancellationToken Never = CancellationToken.None;
    private readonly GitRepositoryFolder _git = new();
    private readonly CodeHostOptions _limits = new();

    [Fact]
    public async Task A_branch_resolves_to_the_commit_at_its_head()
    {
        var sha = _git.Commit("project.yaml", "version: '3.0'\n");

        var commit = await Host().ResolveAsync(Repository(), "main", token: null, Never);

        Assert.Equal(sha, commit.Value!.Sha);
    }

    [Fact]
    public async Task A_repository_and_a_branch_that_do_not_exist_are_told_apart()
    {
        _git.Commit("project.yaml", "");
        var absent = Repository() with { Name = "other" };

        Assert.Equal(CodeHostFailure.BranchNotFound, (await Host().ResolveAsync(Repository(), "mian", null, Never)).Problem!.Failure);
        Assert.Equal(CodeHostFailure.RepositoryNotFoundOrPrivate, (await Host().ResolveAsync(absent, "main", null, Never)).Problem!.Failure);
    }

    [Theory]
    [InlineData("--upload-pack=touch x")]
    [InlineData("main..other")]
    [InlineData("main^{tree}")]
    [InlineData("@{-1}")]
    [InlineData("a b")]
    [InlineData("")]
    public async Task A_branch_name_that_means_something_else_to_git_is_no_branch(string branch)
    {
        _git.Commit("project.yaml", "");

        var commit = await Host().ResolveAsync(Repository(), branch, null, Never);

        Assert.Equal(CodeHostFailure.BranchNotFound, commit.Problem!.Failure);
    }

    [Fact]
    public async Task A_file_is_read_as_it_was_at_the_commit()
    {
        var sha = _git.Commit("analysis/model.py", "old");
        _git.Commit("analysis/model.py", "new");

        var file = await Host().ReadFileAsync(Repository(), new CodeCommit(sha), "analysis/model.py", null, Never);

        Assert.Equal("old", Encoding.UTF8.GetString(file.Value!));
    }

    [Theory]
    [InlineData("absent.py")]
    [InlineData("../secret")]
    [InlineData("/etc/passwd")]
    [InlineData("analysis")]
    public async Task A_path_that_is_no_file_of_the_commit_is_not_found(string path)
    {
        var sha = _git.Commit("analysis/model.py", "x");

        var file = await Host().ReadFileAsync(Repository(), new CodeCommit(sha), path, null, Never);

        Assert.Equal(CodeHostFailure.FileNotFound, file.Problem!.Failure);
    }

    [Fact]
    public async Task A_file_over_the_limit_is_refused()
    {
        _limits.MaxFileBytes = 1_024;
        var sha = _git.Commit("project.yaml", new string('#', 1_025));

        var file = await Host().ReadFileAsync(Repository(), new CodeCommit(sha), "project.yaml", null, Never);

        Assert.Equal(CodeHostFailure.TooLarge, file.Problem!.Failure);
    }

    [Fact]
    public async Task The_source_is_a_gzipped_tar_with_one_folder_on_top()
    {
        _git.Commit("project.yaml", "a");
        var sha = _git.Commit("analysis/model.py", "b");
        using var archive = new MemoryStream();

        var result = await Host().DownloadSourceAsync(Repository(), new CodeCommit(sha), null, archive, Never);

        Assert.Equal(archive.Length, result.Value!.Bytes);
        archive.Position = 0;
        await using var tar = new TarReader(new GZipStream(archive, CompressionMode.Decompress));
        var names = new List<string>();
        while (await tar.GetNextEntryAsync() is { } entry)
        {
            if (entry.EntryType is TarEntryType.RegularFile)
                names.Add(entry.Name);
        }

        var top = $"asthma-reviews-{sha[..7]}";
        Assert.Equal([$"{top}/analysis/model.py", $"{top}/project.yaml"], names.Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task A_source_over_the_limit_is_refused()
    {
        _limits.MaxSourceBytes = 1_024;
        var noise = new byte[20_000];
        new Random(1).NextBytes(noise);
        var sha = _git.Commit("data.txt", Convert.ToBase64String(noise));
        using var archive = new MemoryStream();

        var result = await Host().DownloadSourceAsync(Repository(), new CodeCommit(sha), null, archive, Never);

        Assert.Equal(CodeHostFailure.TooLarge, result.Problem!.Failure);
        Assert.InRange(archive.Length, 0, 1_024);
    }

    [Fact]
    public async Task A_commit_of_another_branch_is_not_on_this_one()
    {
        var first = _git.Commit("a", "1");
        _git.Git("checkout", "--quiet", "-b", "other");
        var second = _git.Commit("b", "2");

        Assert.True((await Host().CommitIsOnBranchAsync(Repository(), new CodeCommit(first), "main", null, Never)).Value!.Yes);
        Assert.False((await Host().CommitIsOnBranchAsync(Repository(), new CodeCommit(second), "main", null, Never)).Value!.Yes);
    }

    public void Dispose() => _git.Dispose();

    private LocalGitCodeHost Host() => new(
        Options.Create(new LocalGitOptions { Root = _git.Root, Address = "https://demo.local" }),
        Options.Create(_limits), TimeProvider.System);

    private CodeRepository Repository() => Host().Parse(new Uri("https://demo.local/studies/asthma-reviews"))!;
}
