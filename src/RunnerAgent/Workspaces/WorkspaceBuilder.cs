using JobServer.Contracts.V1;
using JobServer.Outputs;
using JobServer.RunnerAgent.Execution;
using JobServer.RunnerAgent.Journal;
using Microsoft.Extensions.Options;

namespace JobServer.RunnerAgent.Workspaces;

/// <summary>Makes an attempt's working directory: the study's code, then the outputs of the actions it needs.</summary>
internal sealed class WorkspaceBuilder(IOptions<AgentOptions> options, SourceCache sources, SiteStore site, ISandbox sandbox)
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;

    public async Task<AttemptDirectory> BuildAsync(AttemptKey key, JobSpec spec, CancellationToken cancellationToken)
    {
        var snapshot = spec.Source ?? new SourceSpec();
        using var held = sources.Hold(snapshot);
        var archive = await sources.GetAsync(key.ToAttempt(), snapshot, cancellationToken);

        // What an interrupted preparation left is of no use: the attempt has not been started.
        var directory = AttemptDirectory.Of(options.Value, key);
        DirectoryTree.Delete(directory.Root);
        Directory.CreateDirectory(Path.GetDirectoryName(directory.Root)!, OwnerOnly);
        Directory.CreateDirectory(directory.Root, OwnerOnly);
        Directory.CreateDirectory(directory.Work);

        var limits = options.Value.Limits;
        var source = new SourceArchive(directory.Work, limits.SourceSize, limits.SourceFiles);
        try
        {
            await using var file = File.OpenRead(archive);
            await source.ExtractAsync(file, cancellationToken);
            await CopyInputsAsync(directory, spec, cancellationToken);
            source.CreateLinks();
        }
        catch (InvalidDataException error)
        {
            throw new AttemptFailedException(
                FailureReason.SourceUnusable, $"The study's source cannot be unpacked: {error.Message}.", error);
        }

        sandbox.Hand(directory);
        return directory;
    }

    private async Task CopyInputsAsync(AttemptDirectory directory, JobSpec spec, CancellationToken cancellationToken)
    {
        foreach (var input in spec.Inputs)
        {
            var manifest = site.FindManifest(input.JobId, input.ManifestDigest)
                ?? throw Missing(input.Action);
            foreach (var file in manifest.Files)
                await CopyAsync(directory, input.Action, file, cancellationToken);
        }
    }

    private async Task CopyAsync(AttemptDirectory directory, string action, SiteFile file, CancellationToken cancellationToken)
    {
        var blob = SiteStore.IsDigest(file.Sha256) ? site.BlobPath(file.Sha256) : "";
        if (!File.Exists(blob) || !WorkspacePath.IsValid(file.Path))
            throw Missing(action);

        // Links are made after this, so the path leads through real folders only.
        var target = Path.Join(directory.Work, file.Path);
        try
        {
            Directory.CreateDirectory(Path.GetDirectoryName(target)!);
            await using var from = File.OpenRead(blob);
            await using var to = new FileStream(target, FileMode.Create, FileAccess.Write);
            await from.CopyToAsync(to, cancellationToken);
        }
        catch (Exception error) when (error is UnauthorizedAccessException || (error is IOException && Path.Exists(target)))
        {
            if (DiskSpace.IsFull(error))
                throw;

            throw new AttemptFailedException(
                FailureReason.InputMissing,
                $"An output of the action {action} cannot be put in place: the study has a folder or file in its way.",
                error);
        }
    }

    private static AttemptFailedException Missing(string action) => new(
        FailureReason.InputMissing,
        $"The outputs of the action {action}, which this action needs, are not at this backend any more. Run {action} again.");
}
