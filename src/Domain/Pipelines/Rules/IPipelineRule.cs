using JobServer.Domain.Pipelines.Drafts;

namespace JobServer.Domain.Pipelines.Rules;

/// <summary>One numbered rule of the format. It looks at the whole draft and adds every breach it finds; parts of a
/// wrong type are another rule's business and are passed over.</summary>
internal interface IPipelineRule
{
    /// <summary>The number people see.</summary>
    string Id { get; }

    void Check(PipelineDraft draft, ProblemList problems);
}
