using CsCheck;
using JobServer.Domain.Pipelines;

namespace JobServer.Domain.Tests.Pipelines;

/// <summary>Random valid pipelines, workspaces and requests.</summary>
internal static class PipelineGen
{
    private static readonly Gen<string> Word = Gen.String[Gen.Char["abcXYZ 0159'\"\\$#:{}[]|é\n\t&*!-"], 0, 12];

    public static readonly Gen<Pipeline> Pipelines =
        from count in Gen.Int[0, 30]
        from actions in Gen.Select(Gen.Int[0, 1 << 20].Array[0, 4], Word.Array[0, 4], Gen.Enum<PrivacyLevel>(), Gen.Bool).Array[count]
        select new Pipeline(5, [.. actions.Select((a, i) => Action(i, a.Item1, a.Item2, a.Item3, a.Item4))]);

    public static readonly Gen<(Pipeline Pipeline, string[] Requested, bool Force, Dictionary<string, ExistingJob> State)> Requests =
        from pipeline in Pipelines.Where(p => p.Actions.Count > 0)
        from requested in Pick([Pipeline.RunAll, .. pipeline.Actions.Select(a => a.Name)]).Array[1, 4]
        from force in Gen.Bool
        from states in Gen.Int[0, 7].Array[pipeline.Actions.Count]
        select (pipeline, requested, force, State(pipeline, states));

    public static Gen<string> Pick(string[] values) => Gen.Int[0, values.Length - 1].Select(i => values[i]);

    private static PipelineAction Action(int index, int[] needs, string[] words, PrivacyLevel level, bool hasConfig)
    {
        var config = hasConfig ? $$"""{"index": {{index}}, "list": [1.5, null, true, "é"]}""".Replace("é", "\\u00e9", StringComparison.Ordinal) : null;
        string[] unique = [$"script{index}.py", .. words];
        return new PipelineAction
        {
            Name = $"action {index}".Replace(' ', index % 2 == 0 ? '_' : '-'),
            Image = "python",
            ImageVersion = "v2",
            Arguments = config is null ? unique : [.. unique, "--config", config],
            ConfigJson = config,
            DummyDataFile = index % 3 == 0 ? "dummy.csv" : null,
            Needs = index == 0 ? [] : [.. needs.Select(n => n % index).Select(n => $"action{(n % 2 == 0 ? '_' : '-')}{n}")],
            Outputs = [new PipelineOutput(level, "o", $"output/{index}.csv")],
            UsesDatabase = false,
            Line = 0,
        };
    }

    private static Dictionary<string, ExistingJob> State(Pipeline pipeline, int[] states) => pipeline.Actions
        .Zip(states)
        .Where(p => p.Second < 4)
        .ToDictionary(p => p.First.Name, p => new ExistingJob("old " + p.First.Name, (ExistingJobState)p.Second), StringComparer.Ordinal);
}
