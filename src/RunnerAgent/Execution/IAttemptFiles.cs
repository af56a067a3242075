using JobServer.Contracts.V1;
using JobServer.RunnerAgent.Journal;
using JobServer.RunnerAgent.Workspaces;

namespace JobServer.RunnerAgent.Execution;

/// <summary>The files of attempts: all of an attempt's work that waits for a disk, behind one door.</summary>
internal interface IAttemptFiles
{
    Task<AttemptDirectory> BuildAsync(AttemptKey key, JobSpec spec, CancellationToken cancellationToken);

    Task<CollectedOutputs> CollectAsync(AttemptDirectory directory, JobSpec spec, bool succeeded, CancellationToken cancellationToken);

    void WriteManifest(SiteManifest manifest);

    /// <summary>Makes the manifest findable by the digest that the Coordinator gave it.</summary>
    void NameManifest(AttemptKey key, string digest);

    Task KeepLogAsync(
        AttemptKey key, JobSpec spec, AttemptDirectory directory, Status end, CollectedOutputs? outputs, CancellationToken cancellationToken);
}
