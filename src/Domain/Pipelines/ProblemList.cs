using JobServer.Domain.Pipelines.Yaml;

namespace JobServer.Domain.Pipelines;

/// <summary>Collects problems. Keeps the first thousand: a hostile file could have millions.</summary>
internal sealed class ProblemList
{
    internal const int Most = 1000;
    private readonly List<PipelineProblem> _problems = [];
    private readonly HashSet<string> _rulesBroken = new(StringComparer.Ordinal);
    private int _leftOut;

    /// <summary>Nothing more is kept, so nothing dear need be worked out.</summary>
    public bool IsFull => _problems.Count >= Most;

    public bool HasErrors => _rulesBroken.Count > 0;

    /// <summary>Whether there are errors of any other rule.</summary>
    public bool HasErrorsBut(string rule) => _rulesBroken.Count > (_rulesBroken.Contains(rule) ? 1 : 0);

    public void Error(string rule, YamlNode at, string message, string hint) =>
        Add(new PipelineProblem(rule, ProblemSeverity.Error, at.Line, at.Column, message, hint));

    public void Warning(string rule, YamlNode at, string message, string hint) =>
        Add(new PipelineProblem(rule, ProblemSeverity.Warning, at.Line, at.Column, message, hint));

    public void Error(string rule, int line, int column, string message, string hint) =>
        Add(new PipelineProblem(rule, ProblemSeverity.Error, line, column, message, hint));

    /// <summary>By dialect: what the rules of 2022 passed over in silence is a warning there.</summary>
    public void ErrorOrWarning(bool isError, string rule, YamlNode at, string message, string hint) =>
        Add(new PipelineProblem(rule, isError ? ProblemSeverity.Error : ProblemSeverity.Warning, at.Line, at.Column, message, hint));

    public void Take(ProblemList others)
    {
        foreach (var problem in others._problems) Add(problem);
        _leftOut += others._leftOut;
    }

    public IReadOnlyList<PipelineProblem> InOrderOfFile()
    {
        var sorted = _problems.OrderBy(p => p.Line).ThenBy(p => p.Column).ToList();
        if (_leftOut > 0)
        {
            var last = sorted[^1];
            sorted.Add(new PipelineProblem(
                "Y09", ProblemSeverity.Error, last.Line, last.Column,
                $"There are {_leftOut} more problems; only the first {Most} are shown.",
                "Mend these first, then check the file again."));
        }

        return sorted;
    }

    private void Add(PipelineProblem problem)
    {
        if (problem.Severity == ProblemSeverity.Error) _rulesBroken.Add(problem.Rule);
        if (_problems.Count < Most) _problems.Add(problem);
        else if (problem.Severity == ProblemSeverity.Error) _leftOut++;
    }
}
