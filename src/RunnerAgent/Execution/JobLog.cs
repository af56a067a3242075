using JobServer.Contracts.V1;
using JobServer.Outputs.Disclosure;
using JobServer.RunnerAgent.Journal;
using JobServer.RunnerAgent.Workspaces;

namespace JobServer.RunnerAgent.Execution;

/// <summary>The log that people at the site read: what the job printed, then what became of it.</summary>
internal sealed class JobLog(SiteStore site)
{
    private const int MaxSuggestions = 100;

    public async Task KeepAsync(
        AttemptKey key, JobSpec spec, AttemptDirectory directory, Status end, CollectedOutputs? outputs, CancellationToken cancellationToken)
    {
        var path = Path.Join(directory.Run, "job.log");
        await using (var log = new FileStream(path, FileMode.Create, FileAccess.Write))
        {
            if (File.Exists(directory.Log))
            {
                await using var printed = File.OpenRead(directory.Log);
                await printed.CopyToAsync(log, cancellationToken);
            }

            await using var text = new StreamWriter(log);
            foreach (var line in Summary(key, spec, directory, end, outputs))
                await text.WriteLineAsync(line.AsMemory(), cancellationToken);
        }

        await site.PutLogAsync(key, spec.Workspace, spec.Action, path, cancellationToken);
    }

    private static IEnumerable<string> Summary(
        AttemptKey key, JobSpec spec, AttemptDirectory directory, Status end, CollectedOutputs? outputs)
    {
        yield return "";
        if (File.Exists(directory.LogCut))
            yield return $"(the job printed {File.ReadAllText(directory.LogCut).Trim()} bytes more, which were dropped)";

        yield return "================ JOB SUMMARY ================";
        yield return $"job: {key.JobId}";
        yield return $"attempt: {key.Fence}";
        yield return $"request: {spec.RequestNumber} ({spec.RequestIdentifier})";
        yield return $"workspace: {spec.Workspace}";
        yield return $"action: {spec.Action}";
        var digest = File.Exists(directory.ImageFile) ? $" ({File.ReadAllText(directory.ImageFile)})" : "";
        yield return $"image: {spec.Image}:{spec.ImageVersion}{digest}";
        yield return $"commit: {spec.Source?.Commit}";
        yield return $"database: {(spec.Kind == JobKind.Database ? "yes" : "no")}";
        yield return $"checked with: {DisclosureProfiles.Find(spec.DisclosureProfile).Label}";
        if (end.HasExitCode)
            yield return $"exit code: {end.ExitCode}";
        if (end.StartedUnixMs > 0)
        {
            yield return $"started: {DateTimeOffset.FromUnixTimeMilliseconds(end.StartedUnixMs):u}";
            yield return $"ended: {DateTimeOffset.FromUnixTimeMilliseconds(end.EndedUnixMs):u}";
        }

        yield return $"result: {end.Message}";
        foreach (var line in Files(directory, end, outputs))
            yield return line;
    }

    private static IEnumerable<string> Files(AttemptDirectory directory, Status end, CollectedOutputs? outputs)
    {
        yield return "";
        yield return "outputs:";
        var files = outputs?.Files ?? [];
        if (files.Count == 0)
            yield return "  (no outputs)";

        var width = files.Select(file => file.Path.Length).DefaultIfEmpty().Max();
        foreach (var file in files)
            yield return $"  {file.Path.PadRight(width)} - {LevelName(file.Level)}";
        foreach (var file in files.Where(file => file.Disposition == OutputDisposition.Excluded))
            yield return $"  excluded: {file.Path}: {file.Reason}";

        foreach (var file in files.Where(file => file.Disposition == OutputDisposition.Uploaded))
        {
            foreach (var finding in file.Findings.Where(finding => finding.Severity > Severity.Information))
                yield return $"  {finding.Severity.ToString().ToLowerInvariant()}: {file.Path}: {Place(finding)}{finding.Message} ({finding.Rule})";
        }

        if (outputs is { UnmatchedPatterns.Count: > 0 })
        {
            yield return "";
            yield return "no file matches:";
            foreach (var pattern in outputs.UnmatchedPatterns)
                yield return $"  {pattern}";
            yield return "files that the job made and no pattern covers:";
            foreach (var path in Made(directory, end.StartedUnixMs).Except(files.Select(file => file.Path)).Take(MaxSuggestions))
                yield return $"  {path}";
        }
    }

    private static IEnumerable<string> Made(AttemptDirectory directory, long sinceUnixMs) =>
        DirectoryTree.Entries(directory.Work)
            .Where(path => File.Exists(path) && new DateTimeOffset(File.GetLastWriteTimeUtc(path), TimeSpan.Zero).ToUnixTimeMilliseconds() >= sinceUnixMs)
            .Select(path => Path.GetRelativePath(directory.Work, path))
            .Select(path => new string([.. path.Select(c => char.IsControl(c) ? '?' : c)]))
            .Order(StringComparer.Ordinal);

    private static string Place(Finding finding) => finding.Place.Length > 0 ? finding.Place + ": " : "";

    private static string LevelName(PrivacyLevel level) => level switch
    {
        PrivacyLevel.ModeratelySensitive => "moderately_sensitive",
        PrivacyLevel.MinimallySensitive => "minimally_sensitive",
        _ => "highly_sensitive",
    };
}
