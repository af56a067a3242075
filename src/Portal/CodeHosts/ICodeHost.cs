namespace JobServer.Portal.CodeHosts;

/// <summary>
/// A place where studies' code lives. Every method answers with a value or a named problem; only cancellation throws.
/// Tokens are used for the one call and kept nowhere.
/// </summary>
public interface ICodeHost
{
    /// <summary>The repository if its address is one of this host's, otherwise null.</summary>
    CodeRepository? Parse(Uri address);

    /// <summary>The commit at the head of a branch.</summary>
    Task<CodeHostResult<CodeCommit>> ResolveAsync(
        CodeRepository repository, string branch, string? token, CancellationToken cancellation);

    /// <summary>Whether a commit is the branch's head or one of its ancestors.</summary>
    Task<CodeHostResult<CodeAnswer>> CommitIsOnBranchAsync(
        CodeRepository repository, CodeCommit commit, string branch, string? token, CancellationToken cancellation);

    /// <summary>The commit itself and the newest of its ancestors, newest first.</summary>
    /// <param name="most">From 1 to 100.</param>
    Task<CodeHostResult<IReadOnlyList<CommitLine>>> ListCommitsAsync(
        CodeRepository repository, CodeCommit from, int most, string? token, CancellationToken cancellation);

    /// <summary>The commit that a tag names, also one with a message of its own.</summary>
    Task<CodeHostResult<CodeCommit>> ResolveTagAsync(
        CodeRepository repository, string tag, string? token, CancellationToken cancellation);

    /// <summary>A file at a commit, at most <see cref="CodeHostOptions.MaxFileBytes"/>.</summary>
    Task<CodeHostResult<byte[]>> ReadFileAsync(
        CodeRepository repository, CodeCommit commit, string path, string? token, CancellationToken cancellation);

    /// <summary>
    /// All files at a commit as a gzipped tar with one folder on top, written to <paramref name="target"/>; at most
    /// <see cref="CodeHostOptions.MaxSourceBytes"/>. What was written before a problem is of no use.
    /// </summary>
    Task<CodeHostResult<SourceArchive>> DownloadSourceAsync(
        CodeRepository repository, CodeCommit commit, string? token, Stream target, CancellationToken cancellation);

    /// <summary>Where a person sees this commit (or a file of it) in a browser; null where there is no such place.</summary>
    Uri? WebAddress(CodeRepository repository, CodeCommit commit, string? path = null);

    /// <summary>Where a person sees the branch in a browser; null where there is no such place.</summary>
    Uri? BranchAddress(CodeRepository repository, string branch) => null;

    /// <summary>Where a person sees what changed between two commits; null where there is no such place.</summary>
    Uri? CompareAddress(CodeRepository repository, CodeCommit before, CodeCommit after) => null;

    /// <summary>False where every repository can be read without a token.</summary>
    bool TakesTokens => true;

    /// <summary>Who can see the repository.</summary>
    Task<CodeHostResult<RepositorySight>> LookAsync(CodeRepository repository, string? token, CancellationToken cancellation);

    /// <summary>At most a hundred branches, for a person who may have misspelt one.</summary>
    Task<CodeHostResult<BranchNames>> ListBranchesAsync(CodeRepository repository, string? token, CancellationToken cancellation);
}
