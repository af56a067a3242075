using JobServer.Domain.Pipelines.Drafts;
using JobServer.Domain.Pipelines.Rules;
using JobServer.Domain.Pipelines.Yaml;

namespace JobServer.Domain.Pipelines;

/// <summary>Reads a project.yaml.</summary>
public static class PipelineReader
{
    /// <summary>Larger files are refused unread.</summary>
    public const int MaxBytes = YamlLimits.MaxBytes;

    /// <summary>Reads the bytes of a project.yaml. Every input has an answer: a pipeline, or every problem of the file
    /// at once. Never throws; time and memory are bounded by the size of the input, and files over
    /// <see cref="MaxBytes"/> are refused.</summary>
    public static PipelineReading Read(ReadOnlyMemory<byte> bytes, PipelineDialect dialect)
    {
        var problems = new ProblemList();
        var text = YamlText.Decode(bytes.Span, problems);
        var root = text is null ? null : YamlTreeReader.Read(text, problems);
        if (root is null) return new PipelineReading { Pipeline = null, Drawable = null, Problems = problems.InOrderOfFile() };

        var draft = PipelineDraft.From(root, dialect);
        foreach (var rule in RuleBook.All) rule.Check(draft, problems);

        var pipeline = problems.HasErrorsBut(NeedsHaveNoCycle.Number) ? null : draft.ToPipeline();
        return new PipelineReading
        {
            Pipeline = problems.HasErrors ? null : pipeline,
            Drawable = pipeline,
            Problems = problems.InOrderOfFile(),
        };
    }
}
