using System.Globalization;
using System.IO.Compression;
using System.Text;
using Microsoft.Extensions.Options;

namespace JobServer.Portal.CodeHosts;

/// <summary>Git repositories in folders of this machine, read with the <c>git</c> program. For the demo and for tests.</summary>
internal sealed class LocalGitCodeHost(
    IOptions<LocalGitOptions> local, IOptions<CodeHostOptions> limits, TimeProvider time) : ICodeHost
{
    private const int Found = 0;
    private const int MostBranches = 40;

    /// <summary>More than one line of the log can have: 180 letters of up to four bytes, and the fixed parts.</summary>
    private const int LogLineBytes = 1_024;

    public bool TakesTokens => false;

    public CodeRepository? Parse(Uri address) =>
        local.Value.IsOn ? RepositoryNames.Parse(address, new Uri(local.Value.Address)) : null;

    public async Task<CodeHostResult<CodeCommit>> ResolveAsync(
        CodeRepository repository, string branch, string? token, CancellationToken cancellation)
    {
        if (Folder(repository) is not { } folder)
            return NoRepository(repository);
        if (!RepositoryNames.IsBranch(branch))
            return NoBranch(branch);
        var (exit, text) = await ReadAsync(
            folder, ["rev-parse", "--verify", "--quiet", "--end-of-options", $"refs/heads/{branch}^{{commit}}"], cancellation);
        var sha = text.Trim();
        return exit switch
        {
            null => Late(),
            Found when CodeCommit.IsSha(sha) => new CodeCommit(sha),
            _ => NoBranch(branch),
        };
    }

    public async Task<CodeHostResult<CodeAnswer>> CommitIsOnBranchAsync(
        CodeRepository repository, CodeCommit commit, string branch, string? token, CancellationToken cancellation)
    {
        if (Folder(repository) is not { } folder)
            return NoRepository(repository);
        if (!RepositoryNames.IsBranch(branch))
            return NoBranch(branch);
        if (!CodeCommit.IsSha(commit.Sha))
            return new CodeAnswer(false);
        var (exit, _) = await ReadAsync(
            folder, ["merge-base", "--is-ancestor", commit.Sha, $"refs/heads/{branch}"], cancellation);
        return exit is null ? Late() : new CodeAnswer(exit == Found);
    }

    public async Task<CodeHostResult<IReadOnlyList<CommitLine>>> ListCommitsAsync(
        CodeRepository repository, CodeCommit from, int most, string? token, CancellationToken cancellation)
    {
        if (Folder(repository) is not { } folder)
            return NoRepository(repository);
        if (!CodeCommit.IsSha(from.Sha))
            return CodeHostProblems.NoCommit(from.Sha);
        var (exit, text) = await ReadAsync(
            folder, ["log", $"--max-count={most}", "--no-show-signature", "--format=%H%x09%aI%x09%<(60,trunc)%an%x09%<(120,trunc)%s", from.Sha, "--"],
            cancellation, most * LogLineBytes);
        return exit switch
        {
            null => Late(),
            Found => text.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(LineOf).OfType<CommitLine>().ToList(),
            _ => CodeHostProblems.NoCommit(from.Sha),
        };
    }

    public async Task<CodeHostResult<CodeCommit>> ResolveTagAsync(
        CodeRepository repository, string tag, string? token, CancellationToken cancellation)
    {
        if (Folder(repository) is not { } folder)
            return NoRepository(repository);
        if (!RepositoryNames.IsTag(tag))
            return CodeHostProblems.NoTag(tag);
        var (exit, text) = await ReadAsync(
            folder, ["rev-parse", "--verify", "--quiet", "--end-of-options", $"refs/tags/{tag}^{{commit}}"], cancellation);
        var sha = text.Trim();
        return exit switch
        {
            null => Late(),
            Found when CodeCommit.IsSha(sha) => new CodeCommit(sha),
            _ => CodeHostProblems.NoTag(tag),
        };
    }

    public async Task<CodeHostResult<byte[]>> ReadFileAsync(
        CodeRepository repository, CodeCommit commit, string path, string? token, CancellationToken cancellation)
    {
        if (Folder(repository) is not { } folder)
            return NoRepository(repository);
        if (!CodeCommit.IsSha(commit.Sha) || !RepositoryNames.IsPath(path))
            return NoFile(path);
        using var content = new MemoryStream();
        try
        {
            var exit = await GitProgram.RunAsync(
                folder, ["cat-file", "blob", $"{commit.Sha}:{path}"],
                new CappedStream(content, limits.Value.MaxFileBytes), limits.Value.Deadline, time, cancellation);
            return exit switch
            {
                null => Late(),
                Found => content.ToArray(),
                _ => NoFile(path),
            };
        }
        catch (CapExceededException)
        {
            return CodeHostProblems.FileTooLarge(path, limits.Value.MaxFileBytes);
        }
    }

    public async Task<CodeHostResult<SourceArchive>> DownloadSourceAsync(
        CodeRepository repository, CodeCommit commit, string? token, Stream target, CancellationToken cancellation)
    {
        if (Folder(repository) is not { } folder)
            return NoRepository(repository);
        if (!CodeCommit.IsSha(commit.Sha))
            return CodeHostProblems.NoCommit(commit.Sha);
        await using var capped = new CappedStream(target, limits.Value.MaxSourceBytes);
        try
        {
            int? exit;
            // Compressed here: a repository's own settings could name a program for tar.gz.
            await using (var gzip = new GZipStream(capped, CompressionLevel.Fastest, leaveOpen: true))
            {
                exit = await GitProgram.RunAsync(
                    folder, ["archive", "--format=tar", $"--prefix={repository.Name}-{commit.Short}/", commit.Sha],
                    gzip, limits.Value.DownloadDeadline, time, cancellation);
            }

            return exit switch
            {
                null => Late(),
                Found => new SourceArchive(capped.Length),
                _ => CodeHostProblems.NoCommit(commit.Sha),
            };
        }
        catch (CapExceededException)
        {
            return CodeHostProblems.SourceTooLarge(limits.Value.MaxSourceBytes);
        }
    }

    public Task<CodeHostResult<RepositorySight>> LookAsync(CodeRepository repository, string? token, CancellationToken cancellation) =>
        Task.FromResult<CodeHostResult<RepositorySight>>(Folder(repository) is null ? NoRepository(repository) : new RepositorySight(IsPrivate: false));

    public async Task<CodeHostResult<BranchNames>> ListBranchesAsync(CodeRepository repository, string? token, CancellationToken cancellation)
    {
        if (Folder(repository) is not { } folder)
            return NoRepository(repository);
        try
        {
            var (exit, text) = await ReadAsync(folder, ["for-each-ref", $"--count={MostBranches}", "--format=%(refname:lstrip=2)", "refs/heads"], cancellation);
            var names = text.Split('\n', StringSplitOptions.RemoveEmptyEntries);
            return exit is null ? Late() : new BranchNames(names, names.Length < MostBranches);
        }
        catch (CapExceededException)
        {
            return new BranchNames([], IsAll: false);
        }
    }

    public Uri? WebAddress(CodeRepository repository, CodeCommit commit, string? path = null) => null;

    private string? Folder(CodeRepository repository)
    {
        if (!RepositoryNames.IsName(repository.Owner) || !RepositoryNames.IsName(repository.Name))
            return null;
        var owner = Path.Combine(Path.GetFullPath(local.Value.Root), repository.Owner);
        string[] folders = [Path.Combine(owner, repository.Name), Path.Combine(owner, repository.Name + ".git")];
        return folders.FirstOrDefault(folder =>
            Directory.Exists(Path.Combine(folder, ".git")) || File.Exists(Path.Combine(folder, "HEAD")));
    }

    private async Task<(int? Exit, string Text)> ReadAsync(
        string folder, IReadOnlyList<string> arguments, CancellationToken cancellation, int most = 4_096)
    {
        using var output = new MemoryStream();
        var exit = await GitProgram.RunAsync(
            folder, arguments, new CappedStream(output, most), limits.Value.Deadline, time, cancellation);
        return (exit, Encoding.UTF8.GetString(output.ToArray()));
    }

    private static CommitLine? LineOf(string line) =>
        line.Split('\t') is [var sha, var at, var author, .. var title] && CodeCommit.IsSha(sha)
        && DateTimeOffset.TryParse(at, CultureInfo.InvariantCulture, out var moment)
            ? new CommitLine(new CodeCommit(sha), CommitLine.TitleOf(string.Join(' ', title)), CommitLine.TitleOf(author), moment)
            : null;

    private static CodeHostProblem NoRepository(CodeRepository repository) => new(
        CodeHostFailure.RepositoryNotFoundOrPrivate, $"There is no repository at {repository.Address}. Check the address.");

    private static CodeHostProblem NoBranch(string branch) => CodeHostProblems.NoBranch(branch);

    private static CodeHostProblem NoFile(string path) => CodeHostProblems.NoFile(path);

    private static CodeHostProblem Late() =>
        new(CodeHostFailure.HostUnavailable, "The repository did not answer in time. Try again in a minute.");
}
