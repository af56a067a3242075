using JobServer.Domain.Jobs;
using Microsoft.EntityFrameworkCore;

namespace JobServer.Data.Jobs;

/// <summary>Everything that deciding on a batch of reports needs, read at once; jobs stand as the batch has moved them so far.</summary>
internal sealed class ReportBatch
{
    private readonly Dictionary<string, (long Epoch, bool IsDraining)> _agents;
    private readonly Dictionary<string, JobRow> _jobs;
    private readonly ILookup<(string JobId, long Fence), OutputFile> _files;

    private ReportBatch(Dictionary<string, (long Epoch, bool IsDraining)> agents, Dictionary<string, JobRow> jobs, ILookup<(string JobId, long Fence), OutputFile> files)
    {
        _agents = agents;
        _jobs = jobs;
        _files = files;
    }

    public static async Task<ReportBatch> ReadAsync(JobServerDb db, IReadOnlyList<JobReport> reports, CancellationToken cancellationToken)
    {
        // One parameter each however many there are, so that every batch is the same statement.
        var agentIds = reports.Select(report => report.AgentId).Distinct(StringComparer.Ordinal).ToArray();
        var agents = await db.Agents.Where(agent => EF.Parameter(agentIds).Contains(agent.Id))
            .Select(agent => new { agent.Id, agent.SessionEpoch, IsDraining = agent.AttemptsLeft != null })
            .ToDictionaryAsync(agent => agent.Id, agent => (agent.SessionEpoch, agent.IsDraining), StringComparer.Ordinal, cancellationToken);
        var jobIds = reports.Select(report => report.JobId).Distinct(StringComparer.Ordinal).ToArray();
        var jobs = await JobRow.From(db.Jobs.Where(job => EF.Parameter(jobIds).Contains(job.Id)))
            .ToDictionaryAsync(job => job.Id, StringComparer.Ordinal, cancellationToken);
        return new ReportBatch(agents, jobs, await ReadFilesAsync(db, reports, cancellationToken));
    }

    public bool IsNewestSession(JobReport report) => _agents.GetValueOrDefault(report.AgentId).Epoch == report.SessionEpoch;

    /// <summary>Whoever stops an agent takes the blame: what a drain interrupts is no attempt that was lost.</summary>
    public bool IsDraining(JobReport report) => _agents.GetValueOrDefault(report.AgentId).IsDraining;

    public JobRow? Find(string jobId) => _jobs.GetValueOrDefault(jobId);

    /// <summary>What an attempt committed; only of attempts that name a manifest.</summary>
    public IReadOnlyList<OutputFile> FilesOf(string jobId, long fence) => [.. _files[(jobId, fence)]];

    /// <summary>How a planned move leaves a job.</summary>
    public void Note(JobRow job) => _jobs[job.Id] = job;

    private static async Task<ILookup<(string JobId, long Fence), OutputFile>> ReadFilesAsync(
        JobServerDb db, IReadOnlyList<JobReport> reports, CancellationToken cancellationToken)
    {
        var ids = reports.Where(report => report.ManifestDigest is not null).Select(report => report.JobId).Distinct(StringComparer.Ordinal).ToArray();
        List<OutputFile> files = ids.Length == 0
            ? []
            : await db.OutputFiles.AsNoTracking().Where(file => EF.Parameter(ids).Contains(file.JobId)).ToListAsync(cancellationToken);
        return files.ToLookup(file => (file.JobId, file.Fence));
    }
}
