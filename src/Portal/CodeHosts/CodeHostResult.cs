namespace JobServer.Portal.CodeHosts;

/// <summary>An answer, or why there is none.</summary>
public sealed record CodeHostResult<T>
    where T : class
{
    private CodeHostResult(T? value, CodeHostProblem? problem)
    {
        Value = value;
        Problem = problem;
    }

    /// <summary>Null exactly when <see cref="Problem"/> is not.</summary>
    public T? Value { get; }

    public CodeHostProblem? Problem { get; }

    public static implicit operator CodeHostResult<T>(T value) => new(value, null);

    public static implicit operator CodeHostResult<T>(CodeHostProblem problem) => new(null, problem);
}
