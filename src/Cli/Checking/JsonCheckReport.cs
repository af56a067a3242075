using System.Text.Json;
using JobServer.Domain.Pipelines;

namespace JobServer.Cli.Checking;

/// <summary>For programs: one JSON object a line and file.</summary>
internal sealed class JsonCheckReport(TextWriter output) : ICheckReport
{
    public void Show(ProjectFile file, PipelineDialect dialect, PipelineReading reading) => output.WriteLine(JsonLine.Write(json =>
    {
        json.WriteString("file", file.Path);
        json.WriteBoolean("valid", reading.IsValid);
        Write(json, "warnings", reading.Warnings);
        Write(json, "problems", reading.Errors);
        json.WriteStartObject("actions");
        foreach (var action in reading.Pipeline?.Actions ?? []) Write(json, action, dialect);
        json.WriteEndObject();
    }));

    public void Finish()
    {
    }

    private static void Write(Utf8JsonWriter json, string name, IEnumerable<PipelineProblem> problems)
    {
        json.WriteStartArray(name);
        foreach (var problem in problems)
        {
            json.WriteStartObject();
            json.WriteString("rule", problem.Rule);
            json.WriteNumber("line", problem.Line);
            json.WriteNumber("column", problem.Column);
            json.WriteString("message", problem.Message);
            json.WriteString("hint", problem.Hint);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void Write(Utf8JsonWriter json, PipelineAction action, PipelineDialect dialect)
    {
        json.WriteStartObject(action.Name);
        json.WriteString("image", action.Image);
        json.WriteString("version", action.ImageVersion);
        JsonLine.Write(json, "args", action.ConfigJson is null ? action.Arguments : action.Arguments.SkipLast(2));
        JsonLine.Write(json, "needs", action.Needs);
        json.WriteStartObject("outputs");
        foreach (var level in action.Outputs.GroupBy(o => o.Level))
        {
            json.WriteStartObject(PrivacyLevels.NameOf(level.Key));
            foreach (var output in level) json.WriteString(output.Id, output.Pattern);
            json.WriteEndObject();
        }

        json.WriteEndObject();

        // The format of 2022 has no such mark; those who compare with it expect null.
        if (dialect == PipelineDialect.Medicia) json.WriteNull("database");
        else json.WriteBoolean("database", action.UsesDatabase);
        json.WriteBoolean("uses_database", action.UsesDatabase);
        json.WriteEndObject();
    }
}
