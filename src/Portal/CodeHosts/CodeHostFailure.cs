namespace JobServer.Portal.CodeHosts;

/// <summary>Why a code host could not answer, named so that a page can say what to do.</summary>
public enum CodeHostFailure
{
    NotARepositoryAddress,
    RepositoryNotFoundOrPrivate,
    TokenWithoutAccess,
    BranchNotFound,
    TagNotFound,
    CommitNotOnBranch,
    ReusableActionUnusable,
    FileNotFound,
    TooLarge,
    RateLimited,
    HostUnavailable,
}
