using JobServer.Simulation.Tests.Cluster.Nodes;

namespace JobServer.Simulation.Tests.Cluster.Checks;

/// <summary>Of a job that succeeded every uploaded file is there, whole, and what the accepted attempt made; files never change.</summary>
internal sealed class I13Outputs(SimBlobs blobs, Func<IReadOnlyList<FileView>> read) : Invariant("I13 outputs")
{
    private readonly Dictionary<long, FileView> _seen = [];

    public override void Committed(Rows before, Rows now, Witness witness)
    {
        if (Pairs(before, now).Any(pair => pair.Now.IsEnded && !pair.Before.IsEnded))
        {
            Ended(now, read(), witness);
        }
    }

    public override void Ended(Rows rows, IReadOnlyList<FileView> files, Witness witness)
    {
        var known = files.ToDictionary(file => file.Id);
        foreach (var (id, file) in _seen.Where(seen => known.GetValueOrDefault(seen.Key) != seen.Value))
        {
            Violated($"The file {file.Path} of job {file.JobId}, fence {file.Fence}, was {(known.ContainsKey(id) ? "changed" : "removed")}.");
        }

        foreach (var file in files)
        {
            _seen[file.Id] = file;
        }

        foreach (var job in rows.Jobs.Values.Where(job => job.State == "succeeded"))
        {
            Visible(job, [.. files.Where(file => file.JobId == job.Id && file.Fence == job.Fence)]);
        }
    }

    private void Visible(JobView job, List<FileView> files)
    {
        if (job.ManifestDigest is null || files.Count == 0)
        {
            Violated($"Job {job.Id} succeeded under fence {job.Fence} with {files.Count} files and the manifest {job.ManifestDigest ?? "(none)"}.");
        }

        foreach (var file in files.Where(file => file.Disposition == "uploaded"))
        {
            if (blobs.Find(file.Digest) is not { } content || !content.AsSpan().SequenceEqual(SimFiles.ContentOf(job.Id, job.Fence, file.Path)))
            {
                Violated($"The file {file.Path} of job {job.Id} is not what its fence {job.Fence} made.");
            }
        }
    }
}
