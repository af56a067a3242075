using System.Security.Cryptography;
using System.Text;
using JobServer.Contracts.V1;
using JobServer.RunnerAgent;
using JobServer.RunnerAgent.Execution;
using JobServer.RunnerAgent.Journal;
using JobServer.RunnerAgent.Workspaces;
using JobServer.Simulation.Tests.Cluster.Engine;
using Microsoft.Extensions.Options;

namespace JobServer.Simulation.Tests.Cluster.Nodes;

/// <summary>What attempts make: a file for each pattern, told from every other attempt's by its content.</summary>
internal sealed class SimFiles(SimProcess process, SiteStore store, IOptions<AgentOptions> options) : IAttemptFiles
{
    private const int MostLines = 8_000;

    /// <summary>What the file of this attempt holds, wherever and whenever it is asked for.</summary>
    public static byte[] ContentOf(string jobId, long fence, string path)
    {
        var name = $"{jobId}-{fence} {path}\n";
        var lines = 1 + (SHA256.HashData(Encoding.UTF8.GetBytes(name))[0] * MostLines / 256);
        return Encoding.UTF8.GetBytes(string.Concat(Enumerable.Repeat(name, lines)));
    }

    public async Task<AttemptDirectory> BuildAsync(AttemptKey key, JobSpec spec, CancellationToken cancellationToken)
    {
        await WaitAsync(cancellationToken);
        process.Guard();
        var directory = AttemptDirectory.Of(options.Value, key);
        DirectoryTree.Delete(directory.Root);
        Directory.CreateDirectory(directory.Run);
        return directory;
    }

    public async Task<CollectedOutputs> CollectAsync(
        AttemptDirectory directory, JobSpec spec, bool succeeded, CancellationToken cancellationToken)
    {
        await WaitAsync(cancellationToken);
        var name = Path.GetFileName(directory.Root);
        var dash = name.LastIndexOf('-');
        var files = spec.Outputs.Select(output => Keep(name[..dash], long.Parse(name[(dash + 1)..]), output, succeeded)).ToList();
        return new CollectedOutputs { Files = files, UnmatchedPatterns = [] };
    }

    public void WriteManifest(SiteManifest manifest) => process.Guard();

    public void NameManifest(AttemptKey key, string digest) => process.Guard();

    public Task KeepLogAsync(
        AttemptKey key, JobSpec spec, AttemptDirectory directory, Status end, CollectedOutputs? outputs, CancellationToken cancellationToken) =>
        WaitAsync(cancellationToken);

    private SiteFile Keep(string jobId, long fence, OutputSpec output, bool succeeded)
    {
        var content = ContentOf(jobId, fence, output.Pattern);
        var digest = Convert.ToHexStringLower(SHA256.HashData(content));
        var path = store.BlobPath(digest);
        var isModerate = output.Level == PrivacyLevel.ModeratelySensitive;
        if (isModerate && succeeded && !File.Exists(path))
        {
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            File.WriteAllBytes(path, content);
        }

        return new SiteFile
        {
            Path = output.Pattern,
            Size = content.Length,
            Sha256 = digest,
            Level = output.Level,
            Disposition = isModerate && succeeded ? OutputDisposition.Uploaded : OutputDisposition.Kept,
        };
    }

    private Task WaitAsync(CancellationToken cancellationToken)
    {
        process.Guard();
        return process.DelayAsync(process.Simulator.Span(0.001, 0.2), cancellationToken);
    }
}
