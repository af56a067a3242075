using System.Text.Json;
using JobServer.Domain.Pipelines;

namespace JobServer.Cli.Planning;

/// <summary>Plans many requests, reading each file once.</summary>
internal sealed class ScenarioRunner(PipelineDialect dialect, string root, Terminal terminal)
{
    private readonly Dictionary<string, PipelineReading?> _readings = new(StringComparer.Ordinal);

    public int Run(string path)
    {
        var number = 0;
        try
        {
            foreach (var line in File.ReadLines(path))
            {
                number++;
                if (string.IsNullOrWhiteSpace(line)) continue;
                var scenario = Scenario.Parse(line);
                terminal.Output.WriteLine(PlanJson.Write(scenario.Id, scenario.InOrderOfWorkspace(Plan(scenario))));
            }

            return ExitStatus.Fine;
        }
        catch (JsonException e)
        {
            terminal.Errors.WriteLine($"{path}:{number}: {e.Message}");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            terminal.Errors.WriteLine($"Cannot read {path}: {e.Message}");
        }

        return ExitStatus.Unusable;
    }

    private JobPlan Plan(Scenario scenario)
    {
        if (!_readings.TryGetValue(scenario.File, out var reading))
        {
            var file = ProjectFile.Load(Path.Combine(root, scenario.File));
            reading = file.Error is null ? PipelineReader.Read(file.Bytes, dialect) : null;
            _readings.Add(scenario.File, reading);
        }

        if (reading is null) return new JobPlan.Refused($"Cannot read {scenario.File}.");

        // A circle that the walk does not meet has an answer, as it does in the tools the answers are compared with.
        return reading.Drawable is { } pipeline
            ? JobPlanner.Plan(pipeline, scenario.Requested, scenario.Force, scenario.State())
            : new JobPlan.Refused($"{scenario.File}:{reading.Problems[0].Line}: {reading.Errors.First().Message}");
    }
}
