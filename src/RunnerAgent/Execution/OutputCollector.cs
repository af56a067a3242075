using JobServer.Contracts.V1;
using JobServer.Outputs;
using JobServer.Outputs.Disclosure;
using JobServer.RunnerAgent.Workspaces;
using Microsoft.Extensions.Options;

namespace JobServer.RunnerAgent.Execution;

/// <summary>Finds what an attempt made, keeps all of it at the site and decides what may be uploaded.</summary>
internal sealed class OutputCollector(IOptions<AgentOptions> options, SiteStore site)
{
    private readonly OutputLimits _limits = options.Value.Outputs.ToLimits();

    public async Task<CollectedOutputs> CollectAsync(
        AttemptDirectory directory, JobSpec spec, bool succeeded, CancellationToken cancellationToken)
    {
        var levels = new SortedDictionary<string, PrivacyLevel>(StringComparer.Ordinal);
        var unmatched = new List<string>();
        foreach (var output in spec.Outputs)
        {
            var paths = Match(directory, output);
            if (paths.Count == 0)
                unmatched.Add(output.Pattern);

            foreach (var path in paths)
                levels[path] = levels.TryGetValue(path, out var other) ? Stricter(output.Level, other) : Known(output.Level);
        }

        var upload = succeeded && unmatched.Count == 0;
        var files = new List<SiteFile>();
        foreach (var (path, level) in levels)
            files.Add(await KeepAsync(directory, path, level, upload ? DisclosureProfiles.Find(spec.DisclosureProfile) : null, cancellationToken));

        return new CollectedOutputs { Files = files, UnmatchedPatterns = unmatched };
    }

    private IReadOnlyList<string> Match(AttemptDirectory directory, OutputSpec output)
    {
        if (OutputPattern.Parse(output.Pattern, out var pattern) is { } problem)
            throw new AttemptFailedException(FailureReason.InternalError, $"The output pattern {output.Pattern} cannot be used: {problem}.");

        try
        {
            return OutputMatcher.Match(directory.Work, pattern!, options.Value.Limits.OutputFiles);
        }
        catch (InvalidDataException error)
        {
            throw new AttemptFailedException(FailureReason.InternalError, error.Message, error);
        }
    }

    private async Task<SiteFile> KeepAsync(
        AttemptDirectory directory, string path, PrivacyLevel level, DisclosureProfile? profile, CancellationToken cancellationToken)
    {
        var (sha256, size) = await site.PutAsync(Path.Join(directory.Work, path), cancellationToken);
        var file = new SiteFile { Path = path, Size = size, Sha256 = sha256, Level = level, Disposition = OutputDisposition.Kept };
        if (profile is null || level != PrivacyLevel.ModeratelySensitive)
            return file;

        _ = WorkspacePath.Parse(path, out var checkedPath);
        var result = DisclosureCheck.Run(checkedPath, size, () => File.OpenRead(site.BlobPath(sha256)), profile with { Limits = _limits });
        return file with
        {
            Disposition = result.IsBlocked ? OutputDisposition.Excluded : OutputDisposition.Uploaded,
            Reason = string.Join("; ", result.Findings.Where(finding => finding.Severity == Severity.Block).Select(Words).Distinct(StringComparer.Ordinal)),
            Findings = result.Findings,
            CheckedWith = profile.Label,
        };
    }

    private static string Words(Finding finding) => finding.Place.Length > 0 ? $"{finding.Place}: {finding.Message}" : finding.Message;

    /// <summary>A file that two patterns cover is as sensitive as the stricter one says.</summary>
    private static PrivacyLevel Stricter(PrivacyLevel one, PrivacyLevel other) => Known(one) <= Known(other) ? Known(one) : Known(other);

    private static PrivacyLevel Known(PrivacyLevel level) =>
        level is PrivacyLevel.ModeratelySensitive or PrivacyLevel.MinimallySensitive ? level : PrivacyLevel.HighlySensitive;
}
