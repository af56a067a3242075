using JobServer.Contracts.V1;
using JobServer.RunnerAgent.Journal;
using JobServer.RunnerAgent.Workspaces;

namespace JobServer.RunnerAgent.Execution;

internal sealed class AttemptFiles(WorkspaceBuilder workspaces, OutputCollector collector, SiteStore site, JobLog log) : IAttemptFiles
{
    public Task<AttemptDirectory> BuildAsync(AttemptKey key, JobSpec spec, CancellationToken cancellationToken) =>
        workspaces.BuildAsync(key, spec, cancellationToken);

    public Task<CollectedOutputs> CollectAsync(AttemptDirectory directory, JobSpec spec, bool succeeded, CancellationToken cancellationToken) =>
        collector.CollectAsync(directory, spec, succeeded, cancellationToken);

    public void WriteManifest(SiteManifest manifest) => site.WriteManifest(manifest);

    public void NameManifest(AttemptKey key, string digest) => site.NameManifest(key, digest);

    public Task KeepLogAsync(
        AttemptKey key, JobSpec spec, AttemptDirectory directory, Status end, CollectedOutputs? outputs, CancellationToken cancellationToken) =>
        log.KeepAsync(key, spec, directory, end, outputs, cancellationToken);
}
