using JobServer.Contracts.V1;
using JobServer.Outputs.Disclosure;
using JobServer.RunnerAgent.Journal;
using JobServer.RunnerAgent.Workspaces;

namespace JobServer.RunnerAgent.Transfers;

/// <summary>Sends an attempt's files and fixes the list of what it made. Everything may be repeated after a restart.</summary>
internal sealed class OutputUploader(ITransfers transfers, TransferRetry retry, SiteStore site)
{
    private const int MaxRounds = 3;

    /// <returns>The manifest's digest.</returns>
    public async Task<string> SendAsync(AttemptKey key, SiteManifest manifest, CancellationToken cancellationToken)
    {
        for (var round = 1; ; round++)
        {
            foreach (var file in manifest.Files.Where(file => file.Disposition == OutputDisposition.Uploaded))
                await UploadAsync(key, file, cancellationToken);

            try
            {
                var request = new CommitOutputsRequest { Attempt = key.ToAttempt(), Files = { ManifestFindings.Fit(manifest.Files).Select(Travelling) } };
                return await retry.RunAsync(token => transfers.CommitOutputsAsync(request.Clone(), token), cancellationToken);
            }
            catch (TransferRefusedException refused) when (refused.NotReady && round < MaxRounds)
            {
                // An upload is missing: begin each again, which says what is there.
            }
        }
    }

    private async Task UploadAsync(AttemptKey key, SiteFile file, CancellationToken cancellationToken)
    {
        long reached = 0;
        while (true)
        {
            var state = await retry.RunAsync(token => PassAsync(key, file, token), cancellationToken);
            if (state.Progress == UploadProgress.Complete)
                return;

            // Less than before: what had arrived did not match its digest and was thrown away.
            if (state.CommittedOffset <= reached)
                throw new TransferDamagedException($"The upload of {file.Path} was damaged on its way.");

            reached = state.CommittedOffset;
        }
    }

    /// <summary>One pass from what is committed to the end; the answer says how far it got.</summary>
    private async Task<UploadState> PassAsync(AttemptKey key, SiteFile file, CancellationToken cancellationToken)
    {
        var begun = await transfers.BeginUploadAsync(
            new BeginUploadRequest
            {
                Attempt = key.ToAttempt(),
                Path = file.Path,
                Size = file.Size,
                Sha256 = file.Sha256,
                Level = file.Level,
            },
            cancellationToken);
        if (begun.Progress == UploadProgress.Complete)
            return begun;

        await using var content = File.OpenRead(site.BlobPath(file.Sha256));
        content.Position = Math.Min(begun.CommittedOffset, content.Length);
        return await transfers.UploadAsync(key.ToAttempt(), begun.UploadId, content, cancellationToken);
    }

    /// <summary>The name of a highly sensitive file stays at the site.</summary>
    private static OutputFile Travelling(SiteFile file) => new()
    {
        Path = file.Level == PrivacyLevel.HighlySensitive ? "" : file.Path,
        Size = file.Size,
        Sha256 = file.Sha256,
        Level = file.Level,
        Disposition = file.Disposition,
        Reason = file.Reason,
        Findings = { file.Findings.Select(Travelling) },
        CheckedWith = file.CheckedWith,
    };

    private static DisclosureFinding Travelling(Finding finding) => new()
    {
        Rule = finding.Rule,
        Severity = finding.Severity switch
        {
            Severity.Information => FindingSeverity.Information,
            Severity.Review => FindingSeverity.Review,
            Severity.Fail => FindingSeverity.Fail,
            Severity.Block => FindingSeverity.Block,
        },
        Row = finding.Row ?? 0,
        Column = finding.Column ?? 0,
        Message = finding.Message,
    };
}
