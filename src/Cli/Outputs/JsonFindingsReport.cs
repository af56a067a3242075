using JobServer.Outputs.Disclosure;

namespace JobServer.Cli.Outputs;

/// <summary>For programs: one JSON object a line and file.</summary>
internal sealed class JsonFindingsReport(TextWriter output) : IFindingsReport
{
    public void Show(string path, DisclosureProfile profile, CheckResult result) => output.WriteLine(JsonLine.Write(json =>
    {
        json.WriteString("file", path);
        json.WriteString("profile", profile.Name);
        json.WriteString("version", profile.Version);
        json.WriteString("verdict", result.Verdict.ToString().ToLowerInvariant());
        json.WriteStartArray("findings");
        foreach (var finding in result.Findings)
        {
            json.WriteStartObject();
            json.WriteString("rule", finding.Rule);
            json.WriteString("severity", finding.Severity.ToString().ToLowerInvariant());
            if (finding.Row is { } row) json.WriteNumber("row", row);
            if (finding.Column is { } column) json.WriteNumber("column", column);
            json.WriteString("message", finding.Message);
            json.WriteString("advice", DisclosureRules.Find(finding.Rule)!.Advice);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }));
}
