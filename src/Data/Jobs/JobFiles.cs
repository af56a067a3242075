using JobServer.Domain.Jobs;

namespace JobServer.Data.Jobs;

/// <summary>What a job made, as far as it counts.</summary>
public static class JobFiles
{
    /// <summary>
    /// The files of the job's newest attempt, if the report that ended the job named them. What was committed by an attempt that was
    /// then cancelled, lost or interrupted is nobody's output: its rows stay for the record and are shown to nobody.
    /// </summary>
    public static IQueryable<OutputFile> Of(JobServerDb db, string jobId) =>
        db.OutputFiles.Where(file => file.JobId == jobId && file.Fence == file.Job.Fence && file.Job.ManifestDigest != null);
}
