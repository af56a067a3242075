using System.Net;
using System.Text;
using Microsoft.Extensions.Options;
using Octokit;

namespace JobServer.Portal.CodeHosts;

/// <summary>Repositories on GitHub.</summary>
internal sealed class GitHubCodeHost(
    GitHubClients clients, IOptions<GitHubOptions> gitHub, IOptions<CodeHostOptions> limits, TimeProvider time) : ICodeHost
{
    private const int MostBranches = 100;

    public CodeRepository? Parse(Uri address) => RepositoryNames.Parse(address, new Uri(gitHub.Value.WebAddress));

    public async Task<CodeHostResult<CodeCommit>> ResolveAsync(
        CodeRepository repository, string branch, string? token, CancellationToken cancellation)
    {
        if (!RepositoryNames.IsBranch(branch))
            return CodeHostProblems.NoBranch(branch);
        return await AskAsync<CodeCommit>(token, async client =>
        {
            try
            {
                var found = await client.Repository.Branch.Get(repository.Owner, repository.Name, branch);
                return CodeCommit.IsSha(found.Commit.Sha) ? new CodeCommit(found.Commit.Sha) : CodeHostProblems.NoBranch(branch);
            }
            catch (NotFoundException)
            {
                // GitHub says 404 for an absent branch as for a repository that one may not see.
                await client.Repository.Get(repository.Owner, repository.Name);
                return CodeHostProblems.NoBranch(branch);
            }
        }, cancellation);
    }

    public async Task<CodeHostResult<CodeAnswer>> CommitIsOnBranchAsync(
        CodeRepository repository, CodeCommit commit, string branch, string? token, CancellationToken cancellation)
    {
        if (!RepositoryNames.IsBranch(branch))
            return CodeHostProblems.NoBranch(branch);
        if (!CodeCommit.IsSha(commit.Sha))
            return new CodeAnswer(false);
        return await AskAsync<CodeAnswer>(token, async client =>
        {
            try
            {
                var compared = await client.Repository.Commit.Compare(
                    repository.Owner, repository.Name, commit.Sha, Uri.EscapeDataString(branch));
                return new CodeAnswer(compared.Status is "identical" or "ahead");
            }
            catch (NotFoundException)
            {
                // The commit may be the one that is absent.
                await client.Repository.Get(repository.Owner, repository.Name);
                return new CodeAnswer(false);
            }
        }, cancellation);
    }

    public Task<CodeHostResult<IReadOnlyList<CommitLine>>> ListCommitsAsync(
        CodeRepository repository, CodeCommit from, int most, string? token, CancellationToken cancellation)
    {
        if (!CodeCommit.IsSha(from.Sha))
            return Task.FromResult<CodeHostResult<IReadOnlyList<CommitLine>>>(CodeHostProblems.NoCommit(from.Sha));
        return GetAsync<IReadOnlyList<CommitLine>>(
            $"repos/{repository.Owner}/{repository.Name}/commits?sha={from.Sha}&per_page={most}",
            "application/vnd.github+json", token, limits.Value.Deadline,
            CodeHostProblems.NoCommit(from.Sha), CodeHostProblems.FileTooLarge("commits", limits.Value.MaxFileBytes),
            async (body, stop) => GitHubCommits.Read(await ReadAllAsync(body, stop), most), cancellation);
    }

    public async Task<CodeHostResult<CodeCommit>> ResolveTagAsync(
        CodeRepository repository, string tag, string? token, CancellationToken cancellation)
    {
        if (!RepositoryNames.IsTag(tag))
            return CodeHostProblems.NoTag(tag);

        // This address reads through a tag's own object to the commit.
        var found = await GetAsync<CodeCommit>(
            $"repos/{repository.Owner}/{repository.Name}/commits/tags/{Uri.EscapeDataString(tag)}",
            "application/vnd.github.sha", token, limits.Value.Deadline,
            CodeHostProblems.NoTag(tag), CodeHostProblems.FileTooLarge("tag", limits.Value.MaxFileBytes),
            async (body, stop) => Encoding.ASCII.GetString(await ReadAllAsync(body, stop)).Trim() is var sha && CodeCommit.IsSha(sha)
                ? new CodeCommit(sha)
                : throw new IOException("GitHub's answer is no commit."),
            cancellation);
        return found.Problem is not { Failure: CodeHostFailure.TagNotFound }
            ? found
            : await AskAsync<CodeCommit>(token, async client =>
            {
                // GitHub says 404 for an absent tag as for a repository that one may not see.
                await client.Repository.Get(repository.Owner, repository.Name);
                return found;
            }, cancellation);
    }

    public Task<CodeHostResult<byte[]>> ReadFileAsync(
        CodeRepository repository, CodeCommit commit, string path, string? token, CancellationToken cancellation)
    {
        if (!CodeCommit.IsSha(commit.Sha) || !RepositoryNames.IsPath(path))
            return Task.FromResult<CodeHostResult<byte[]>>(CodeHostProblems.NoFile(path));
        var escaped = string.Join('/', path.Split('/').Select(Uri.EscapeDataString));
        return GetAsync<byte[]>(
            $"repos/{repository.Owner}/{repository.Name}/contents/{escaped}?ref={commit.Sha}",
            "application/vnd.github.raw", token, limits.Value.Deadline,
            CodeHostProblems.NoFile(path), CodeHostProblems.FileTooLarge(path, limits.Value.MaxFileBytes),
            ReadAllAsync, cancellation);
    }

    public Task<CodeHostResult<SourceArchive>> DownloadSourceAsync(
        CodeRepository repository, CodeCommit commit, string? token, Stream target, CancellationToken cancellation)
    {
        if (!CodeCommit.IsSha(commit.Sha))
            return Task.FromResult<CodeHostResult<SourceArchive>>(CodeHostProblems.NoCommit(commit.Sha));
        return GetAsync<SourceArchive>(
            $"repos/{repository.Owner}/{repository.Name}/tarball/{commit.Sha}",
            "application/vnd.github+json", token, limits.Value.DownloadDeadline,
            CodeHostProblems.NoCommit(commit.Sha), CodeHostProblems.SourceTooLarge(limits.Value.MaxSourceBytes),
            async (body, stop) =>
            {
                await using var capped = new CappedStream(target, limits.Value.MaxSourceBytes);
                await body.CopyToAsync(capped, stop);
                return new SourceArchive(capped.Length);
            }, cancellation);
    }

    public Task<CodeHostResult<RepositorySight>> LookAsync(CodeRepository repository, string? token, CancellationToken cancellation) =>
        AskAsync<RepositorySight>(
            token, async client => new RepositorySight((await client.Repository.Get(repository.Owner, repository.Name)).Private), cancellation);

    public Task<CodeHostResult<BranchNames>> ListBranchesAsync(CodeRepository repository, string? token, CancellationToken cancellation) =>
        AskAsync<BranchNames>(
            token,
            async client =>
            {
                var page = await client.Repository.Branch.GetAll(
                    repository.Owner, repository.Name, new ApiOptions { PageSize = MostBranches, PageCount = 1 });
                return new BranchNames([.. page.Select(branch => branch.Name).Where(RepositoryNames.IsBranch)], page.Count < MostBranches);
            },
            cancellation);

    public Uri? WebAddress(CodeRepository repository, CodeCommit commit, string? path = null) => path is null
        ? new Uri($"{repository.Address}/tree/{commit.Sha}")
        : new Uri($"{repository.Address}/blob/{commit.Sha}/{string.Join('/', path.Split('/').Select(Uri.EscapeDataString))}");

    public Uri? CompareAddress(CodeRepository repository, CodeCommit before, CodeCommit after) =>
        new($"{repository.Address}/compare/{before.Sha}...{after.Sha}");

    public Uri? BranchAddress(CodeRepository repository, string branch) =>
        new($"{repository.Address}/tree/{string.Join('/', branch.Split('/').Select(Uri.EscapeDataString))}");

    private async Task<byte[]> ReadAllAsync(Stream body, CancellationToken cancellation)
    {
        using var content = new MemoryStream();
        await body.CopyToAsync(new CappedStream(content, limits.Value.MaxFileBytes), cancellation);
        return content.ToArray();
    }

    private async Task<CodeHostResult<T>> AskAsync<T>(
        string? token, Func<GitHubClient, Task<CodeHostResult<T>>> ask, CancellationToken cancellation)
        where T : class
    {
        try
        {
            return await ask(clients.Octokit(token)).WaitAsync(limits.Value.Deadline, time, cancellation);
        }
        catch (Exception error) when (GitHubProblems.Of(error, token) is { } problem && !cancellation.IsCancellationRequested)
        {
            return problem;
        }
    }

    private async Task<CodeHostResult<T>> GetAsync<T>(
        string path, string accept, string? token, TimeSpan deadline, CodeHostProblem absent, CodeHostProblem large,
        Func<Stream, CancellationToken, Task<T>> read, CancellationToken cancellation)
        where T : class
    {
        using var late = new CancellationTokenSource(deadline, time);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(late.Token, cancellation);
        try
        {
            using var response = await clients.GetAsync(path, accept, token, stop.Token);
            if (response.StatusCode is HttpStatusCode.NotFound or HttpStatusCode.UnprocessableEntity)
                return absent;
            if (!response.IsSuccessStatusCode)
                return GitHubProblems.Of(response, token);
            await using var body = await response.Content.ReadAsStreamAsync(stop.Token);
            return await read(body, stop.Token);
        }
        catch (CapExceededException)
        {
            return large;
        }
        catch (Exception error) when (GitHubProblems.Of(error, token) is { } problem && !cancellation.IsCancellationRequested)
        {
            return problem;
        }
    }
}
