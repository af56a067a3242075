using JobServer.Domain.Pipelines;

namespace JobServer.Cli.Planning;

internal static class PlanJson
{
    public static string Write(string? id, JobPlan plan) => JsonLine.Write(json =>
    {
        if (id is not null) json.WriteString("id", id);
        switch (plan)
        {
            case JobPlan.Planned planned:
                json.WriteStartArray("new_jobs");
                foreach (var job in planned.Jobs)
                {
                    json.WriteStartObject();
                    json.WriteString("action", job.Action.Name);
                    JsonLine.Write(json, "wait_for", job.WaitsFor.Select(j => j.Action));
                    JsonLine.Write(json, "requires_outputs_from", job.InputsFrom.Select(j => j.Action));
                    json.WriteString("run_command", job.Action.RunCommand);
                    json.WriteBoolean("requires_db", job.Action.UsesDatabase);
                    json.WriteEndObject();
                }

                json.WriteEndArray();
                break;
            case JobPlan.NothingToDo nothing:
                json.WriteStartObject("error");
                json.WriteString("kind", "nothing_to_do");
                json.WriteString("message", nothing.Reason);
                json.WriteEndObject();
                break;
            case JobPlan.Refused refused:
                json.WriteStartObject("error");
                json.WriteString("kind", "user");
                json.WriteString("message", refused.Message);
                json.WriteEndObject();
                break;
        }
    });
}
