namespace JobServer.Portal.CodeHosts;

/// <summary>Problems that every code host words alike.</summary>
internal static class CodeHostProblems
{
    public static CodeHostProblem NoBranch(string branch) => new(
        CodeHostFailure.BranchNotFound,
        $"The repository has no branch '{branch}'. Check its name, also upper and lower case.");

    public static CodeHostProblem NoBranchName(string branch) => new(
        CodeHostFailure.BranchNotFound, $"'{branch}' cannot be the name of a branch. Copy it as git shows it, for example main.");

    public static CodeHostProblem NoTag(string tag) => new(
        CodeHostFailure.TagNotFound, $"The repository has no tag '{tag}'. Check its name, also upper and lower case.");

    public static CodeHostProblem NoFile(string path) => new(
        CodeHostFailure.FileNotFound, $"There is no file '{path}' at this commit.");

    public static CodeHostProblem NoCommit(string sha) => new(
        CodeHostFailure.BranchNotFound, $"The repository no longer has commit {sha}. Submit again to take the newest.");

    public static CodeHostProblem FileTooLarge(string path, long limit) => new(
        CodeHostFailure.TooLarge, $"'{path}' is larger than {Ui.Sizes.Text(limit)}.");

    public static CodeHostProblem SourceTooLarge(long limit) => new(
        CodeHostFailure.TooLarge,
        $"The repository's files at this commit are larger than {Ui.Sizes.Text(limit)} when packed. " +
        "Remove data files from the repository: code is all that belongs there.");
}
