using System.Text;
using System.Text.Json;
using JobServer.Domain.Pipelines;

namespace JobServer.Domain.Tests.Pipelines;

/// <summary>Writes a pipeline as a project.yaml, everything in double quotes.</summary>
internal static class PipelineText
{
    public static string Write(Pipeline pipeline)
    {
        var text = new StringBuilder($"version: {pipeline.Version:R}\nactions:");
        if (pipeline.Actions.Count == 0) text.Append(" {}");
        text.Append('\n');
        foreach (var action in pipeline.Actions)
        {
            string[] words = [action.Image + ":" + action.ImageVersion, .. action.ConfigJson is null ? action.Arguments : action.Arguments.SkipLast(2)];
            text.Append($"  {Quote(action.Name)}:\n    run: {Quote(ShellWords.Join(words))}\n    needs: [{string.Join(", ", action.Needs.Select(Quote))}]\n");
            if (action.ConfigJson is { } config) text.Append($"    config: {config}\n");
            if (action.DummyDataFile is { } file) text.Append($"    dummy_data_file: {Quote(file)}\n");
            text.Append("    outputs:\n");
            foreach (var level in action.Outputs.GroupBy(o => o.Level))
            {
                text.Append($"      {PrivacyLevels.NameOf(level.Key)}:\n");
                foreach (var output in level) text.Append($"        {Quote(output.Id)}: {Quote(output.Pattern)}\n");
            }
        }

        return text.ToString();
    }

    /// <summary>Everything but the lines, as text to compare.</summary>
    public static string Content(Pipeline pipeline) => JsonSerializer.Serialize(new
    {
        pipeline.Version,
        Actions = pipeline.Actions.Select(a => a with { Line = 0 }),
    });

    private static string Quote(string text) => JsonSerializer.Serialize(text);
}
