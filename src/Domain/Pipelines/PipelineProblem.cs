namespace JobServer.Domain.Pipelines;

/// <summary>One thing wrong with a project.yaml.</summary>
/// <param name="Rule">The number of the rule, such as P09; stable, for people to search for.</param>
/// <param name="Severity">Whether the file is refused for it.</param>
/// <param name="Line">Counted from 1.</param>
/// <param name="Column">Counted from 1, in UTF-16 units.</param>
/// <param name="Message">What is wrong, as one plain sentence. May quote the file: encode it before showing.</param>
/// <param name="Hint">What to do about it.</param>
public sealed record PipelineProblem(
    string Rule,
    ProblemSeverity Severity,
    int Line,
    int Column,
    string Message,
    string Hint);
