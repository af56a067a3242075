using JobServer.Domain.Pipelines;

namespace JobServer.Domain.Tests.Pipelines.Rules;

/// <summary>A file that a rule refuses, and the nearest file that it does not.</summary>
public sealed record RuleTwin(string Rule, string Case, string Invalid, string Valid, int Line, PipelineDialect Dialect = PipelineDialect.Opensafely)
{
    public override string ToString() => $"{Rule} {Case}";
}
