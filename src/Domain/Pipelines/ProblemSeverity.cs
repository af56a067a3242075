namespace JobServer.Domain.Pipelines;

public enum ProblemSeverity
{
    /// <summary>The file cannot be run until this is mended.</summary>
    Error,

    /// <summary>The file runs, but probably not as its author meant.</summary>
    Warning,
}
