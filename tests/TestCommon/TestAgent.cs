using System.Text;
using JobServer.Data.Agents;
using JobServer.Data.Blobs;
using JobServer.Data.Jobs;
using JobServer.Domain.Jobs;
using JobServer.Domain.Pipelines;
using JobServer.Outputs.Disclosure;
using Xunit;

namespace JobServer.TestCommon;

/// <summary>One session of an agent, as the Coordinator writes for it; keeps the sequence of its reports.</summary>
public sealed class TestAgent(TestSite site, string id, long epoch)
{
    private readonly Dictionary<(string JobId, long Fence), long> _sequences = [];

    public static TimeSpan LeaseTime { get; } = TimeSpan.FromSeconds(90);

    public string Id { get; } = id;

    public long Epoch { get; } = epoch;

    public Task<IReadOnlyList<ClaimedJob>> ClaimAsync(int standard = 100, int database = 100) => site.Get<JobClaims>().ClaimAsync(
        Id, Epoch, new ClaimLimits { Standard = standard, Database = database }, CancellationToken.None);

    public async Task<ClaimedJob> ClaimOneAsync() => Assert.Single(await ClaimAsync());

    public AttemptHolder HolderOf(ClaimedJob job) => new() { AgentId = Id, SessionEpoch = Epoch, JobId = job.JobId, Fence = job.Fence };

    public Task<bool> RenewAsync() => site.Get<AgentSessions>().RenewAsync(Id, Epoch, LeaseTime, CancellationToken.None);

    public Task<bool> AcceptAsync(ClaimedJob job) => site.Get<JobLeases>().AcceptAsync(HolderOf(job), CancellationToken.None);

    public Task<LeaseChange> LoseAsync(ClaimedJob job) => site.Get<JobLeases>().LoseAsync(HolderOf(job), "The agent is gone.", CancellationToken.None);

    public Task<LeaseChange> ReturnAsync(ClaimedJob job) => site.Get<JobLeases>().ReturnAsync(HolderOf(job), "No room.", CancellationToken.None);

    /// <summary>The next report on a job, at this moment.</summary>
    public JobReport Report(ClaimedJob job, JobTrigger trigger)
    {
        var key = (job.JobId, job.Fence);
        _sequences[key] = _sequences.GetValueOrDefault(key) + 1;
        return new JobReport
        {
            AgentId = Id,
            SessionEpoch = Epoch,
            JobId = job.JobId,
            Fence = job.Fence,
            Sequence = _sequences[key],
            Trigger = trigger,
            At = site.Now,
            FailureCode = trigger == JobTrigger.ReportFailed ? JobStatusCode.NonzeroExit : null,
            ExitCode = trigger == JobTrigger.ReportFailed ? 1 : null,
        };
    }

    public Task<ReportBatchResult> SendAsync(params JobReport[] reports) => site.Get<JobReports>().ApplyAsync(reports, CancellationToken.None);

    public async Task<ReportOutcome> SendAsync(JobReport report) => Assert.Single((await SendAsync([report])).Outcomes);

    /// <summary>Reports, and fails the test unless it was applied.</summary>
    public async Task ReportAsync(ClaimedJob job, JobTrigger trigger) => Assert.IsType<ReportOutcome.Applied>(await SendAsync(Report(job, trigger)));

    public Task StartAsync(ClaimedJob job) => ReportAsync(job, JobTrigger.ReportExecuting);

    public Task FailAsync(ClaimedJob job) => ReportAsync(job, JobTrigger.ReportFailed);

    /// <summary>Uploads and commits the files, then reports success.</summary>
    public async Task SucceedAsync(ClaimedJob job, params OutputFile[] files)
    {
        var committed = Assert.IsType<CommitOutcome.Committed>(await CommitAsync(job, files));
        Assert.IsType<ReportOutcome.Applied>(await SendAsync(Report(job, JobTrigger.ReportSucceeded) with { ManifestDigest = committed.ManifestDigest }));
    }

    public Task<CommitOutcome> CommitAsync(ClaimedJob job, params OutputFile[] files) =>
        site.Get<OutputCommits>().CommitAsync(HolderOf(job), files, CancellationToken.None);

    /// <summary>Brings a moderately sensitive file to the blob store; not committed yet.</summary>
    /// <param name="job">Whose it is.</param>
    /// <param name="path">In the workspace.</param>
    /// <param name="text">Its content.</param>
    /// <param name="findings">What the site's rules are said to have found.</param>
    /// <param name="checkedWith">The profile they were held to; empty for an agent that knows no rules.</param>
    public async Task<OutputFile> UploadAsync(
        ClaimedJob job, string path, string text = "a,b\n1,2\n", IReadOnlyList<Finding>? findings = null, string checkedWith = "strict 2026.1")
    {
        var file = await OutputAsync(job, path, OutputDisposition.Uploaded, PrivacyLevel.ModeratelySensitive, text, findings, checkedWith);
        var commits = site.Get<OutputCommits>();
        var begun = await commits.BeginAsync(HolderOf(job), path, file.Size, file.Digest, UploadLimits.None, CancellationToken.None);
        var upload = Assert.IsType<BeginOutcome.Begun>(begun).Upload;
        var blobs = site.Get<IBlobStore>();
        await using (var partial = await blobs.OpenPartialAsync(upload.Id, 0, CancellationToken.None))
        {
            await partial.WriteAsync(Encoding.UTF8.GetBytes(text));
        }

        Assert.True(await blobs.CompletePartialAsync(upload.Id, file.Digest, file.Size, CancellationToken.None));
        Assert.True(await commits.AdvanceAsync(HolderOf(job), upload, file.Size, complete: true, CancellationToken.None));
        return file;
    }

    /// <summary>A file as a manifest names it; nothing is uploaded.</summary>
    public async Task<OutputFile> OutputAsync(
        ClaimedJob job,
        string path,
        OutputDisposition disposition,
        PrivacyLevel level = PrivacyLevel.ModeratelySensitive,
        string text = "a,b\n1,2\n",
        IReadOnlyList<Finding>? findings = null,
        string checkedWith = "strict 2026.1") => new()
        {
            JobId = job.JobId,
            Fence = job.Fence,
            WorkspaceId = (await site.JobAsync(job.JobId)).WorkspaceId,
            Path = path,
            Level = level,
            Disposition = disposition,
            Size = Encoding.UTF8.GetByteCount(text),
            Digest = Digests.OfText(text),
            Reason = disposition == OutputDisposition.Excluded ? "It has more than 5,000 rows." : "",
            Findings = findings ?? [],
            CheckedWith = checkedWith,
            CreatedAt = site.Now,
        };
}
