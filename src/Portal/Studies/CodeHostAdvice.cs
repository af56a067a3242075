using JobServer.Portal.CodeHosts;

namespace JobServer.Portal.Studies;

/// <summary>What a page says, and what to do, where the code of a workspace could not be read.</summary>
internal sealed record CodeHostAdvice(string Heading, string Advice)
{
    public static CodeHostAdvice For(CodeHostFailure failure) => failure switch
    {
        CodeHostFailure.NotARepositoryAddress => new(
            "The workspace has no usable repository address",
            "A Project Developer can make a new workspace with the address of the repository."),
        CodeHostFailure.RepositoryNotFoundOrPrivate => new(
            "The repository was not found, or it is private",
            "Check the address on the workspace page. If the repository is private, enter a personal access token that may read it: on the workspace page for one submit, or in your settings."),
        CodeHostFailure.TokenWithoutAccess => new(
            "The access token does not open this repository",
            "Enter a personal access token that may read the contents of this repository: on the workspace page for one submit, or in your settings."),
        CodeHostFailure.BranchNotFound => new(
            "The branch was not found",
            "Push the branch to the repository, or make a workspace for a branch that exists. Then reload this page."),
        CodeHostFailure.CommitNotOnBranch => new(
            "The commit is not on the branch", "Open this page again without a commit to see the newest, or choose another one there."),
        CodeHostFailure.ReusableActionUnusable => new(
            "A reusable action cannot be used", "Mend its name or tag in project.yaml, push, and reload this page."),
        CodeHostFailure.TagNotFound => new(
            "The tag was not found", "Check the tag in project.yaml against those that its repository lists, push, and reload this page."),
        CodeHostFailure.FileNotFound => new(
            "The branch has no project.yaml",
            "Put a file named project.yaml at the top of the repository, commit and push it to this branch, then reload this page."),
        CodeHostFailure.TooLarge => new(
            "The repository is too large", "Remove data files from the repository: code is all that belongs there. Then reload this page."),
        CodeHostFailure.RateLimited => new(
            "The code host asks us to wait", "Try again in a few minutes. A personal access token of your own raises the limit."),
        CodeHostFailure.HostUnavailable => new(
            "The code host did not answer", "Nothing is wrong with your study. Try again in a minute."),
    };
}
