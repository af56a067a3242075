using JobServer.Data.Blobs;
using JobServer.Data.Jobs;
using JobServer.Domain.Jobs;
using JobServer.Domain.Pipelines;
using JobServer.TestCommon;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace JobServer.Data.Tests.Jobs;

public sealed class OutputCommitTests : SiteTest
{
    private static readonly string Digest = Digests.OfText("text");

    private TestStudy _study = null!;
    private TestAgent _agent = null!;
    private ClaimedJob _job = null!;

    private OutputCommits Commits => Site.Get<OutputCommits>();

    public override async Task InitializeAsync()
    {
        await base.InitializeAsync();
        _study = await Site.CreateStudyAsync();
        _agent = await Site.OpenSessionAsync(_study.Backend);
        await Site.SubmitAsync(_study, ProjectYaml.One, "alone");
        _job = await _agent.ClaimOneAsync();
    }

    [Fact]
    public async Task An_upload_that_begins_twice_is_one_and_goes_on_where_it_was()
    {
        var upload = await BeginAsync("output/a.csv");
        Assert.True(await Commits.AdvanceAsync(Holder, upload!, 3, complete: false, None));

        var again = await BeginAsync("output/a.csv");

        Assert.Equal((upload!.Id, 3), (again!.Id, again.CommittedOffset));
    }

    [Fact]
    public async Task An_upload_of_another_content_begins_anew()
    {
        var upload = await BeginAsync("output/a.csv");
        await Commits.AdvanceAsync(Holder, upload!, 3, complete: false, None);

        var other = await BeginAsync("output/a.csv", 5, Digests.OfText("other"));

        Assert.Equal((upload!.Id, 0, 5), (other!.Id, other.CommittedOffset, other.Size));
    }

    [Fact]
    public async Task The_bytes_of_one_content_never_complete_an_upload_that_was_begun_anew_for_another()
    {
        var first = await BeginAsync("output/a.csv");
        var other = await BeginAsync("output/a.csv", 5, Digests.OfText("other"));

        // The call that sends the first is still under way.
        Assert.False(await Commits.AdvanceAsync(Holder, first!, 3, complete: false, None));
        Assert.False(await Commits.AdvanceAsync(Holder, first!, first!.Size, complete: true, None));

        var row = await Commits.FindAsync(Holder, other!.Id, None);
        Assert.Equal((0, null), (row!.CommittedOffset, row.CompletedAt));
    }

    [Fact]
    public async Task Only_the_holder_of_the_attempt_uploads()
    {
        var upload = await BeginAsync("output/a.csv");
        AttemptHolder[] strangers =
        [
            Holder with { Fence = _job.Fence + 1 },
            Holder with { SessionEpoch = Holder.SessionEpoch + 1 },
            Holder with { AgentId = "agent-2" },
        ];
        foreach (var stranger in strangers)
        {
            Assert.IsType<BeginOutcome.NotHeld>(await Commits.BeginAsync(stranger, "output/b.csv", 4, Digest, UploadLimits.None, None));
            Assert.Null(await Commits.FindAsync(stranger, upload!.Id, None));
            Assert.False(await Commits.AdvanceAsync(stranger, upload!, 4, complete: true, None));
            Assert.False(await Commits.MayFetchAsync(stranger, _job.SourceDigest, None));
            Assert.IsType<CommitOutcome.NotHeld>(await Commits.CommitAsync(stranger, [], None));
        }
    }

    [Fact]
    public async Task An_upload_of_another_job_cannot_be_completed()
    {
        var upload = await BeginAsync("output/a.csv");
        var elsewhere = await Site.CreateStudyAsync();
        var other = await Site.OpenSessionAsync(elsewhere.Backend, "agent-2");
        await Site.SubmitAsync(elsewhere, ProjectYaml.One, "alone");
        var job = await other.ClaimOneAsync();

        Assert.False(await Commits.AdvanceAsync(other.HolderOf(job), upload!, 4, complete: true, None));

        Assert.Null((await Commits.FindAsync(Holder, upload!.Id, None))!.CompletedAt);
    }

    [Fact]
    public async Task A_newer_session_takes_an_upload_over()
    {
        var upload = await BeginAsync("output/a.csv");
        var newer = await Site.OpenSessionAsync(_study.Backend);
        Assert.False(await Commits.AdvanceAsync(Holder, upload!, 2, complete: false, None));
        Assert.False(await Commits.AdvanceAsync(newer.HolderOf(_job), upload!, 2, complete: false, None));

        await Commits.BeginAsync(newer.HolderOf(_job), "output/a.csv", 4, Digest, UploadLimits.None, None);

        Assert.True(await Commits.AdvanceAsync(newer.HolderOf(_job), upload!, 2, complete: false, None));
    }

    [Fact]
    public async Task Only_the_snapshot_of_its_own_request_may_be_fetched()
    {
        Assert.True(await Commits.MayFetchAsync(Holder, _job.SourceDigest, None));
        Assert.False(await Commits.MayFetchAsync(Holder, Digest, None));
    }

    [Fact]
    public async Task A_manifest_that_names_a_file_that_did_not_arrive_is_refused()
    {
        await BeginAsync("output/a.csv");
        var file = await _agent.OutputAsync(_job, "output/a.csv", OutputDisposition.Uploaded, text: "text");

        var incomplete = Assert.IsType<CommitOutcome.Incomplete>(await _agent.CommitAsync(_job, file));

        Assert.Contains("output/a.csv", incomplete.Message, StringComparison.Ordinal);
        Assert.Equal(0, await Site.Database.ReadAsync(db => db.OutputFiles.CountAsync()));
    }

    [Fact]
    public async Task A_file_that_arrived_with_another_digest_is_not_the_one_named()
    {
        await _agent.UploadAsync(_job, "output/a.csv", "other");
        var file = await _agent.OutputAsync(_job, "output/a.csv", OutputDisposition.Uploaded, text: "these");

        Assert.IsType<CommitOutcome.Incomplete>(await _agent.CommitAsync(_job, file));
    }

    [Fact]
    public async Task The_same_manifest_again_gives_the_same_answer()
    {
        var file = await _agent.UploadAsync(_job, "output/a.csv");
        var first = await _agent.CommitAsync(_job, file);

        Assert.Equal(first, await _agent.CommitAsync(_job, await _agent.OutputAsync(_job, "output/a.csv", OutputDisposition.Uploaded)));
        Assert.Equal(1, await Site.Database.ReadAsync(db => db.OutputFiles.CountAsync()));
    }

    [Fact]
    public async Task Another_manifest_after_the_first_is_refused()
    {
        await _agent.CommitAsync(_job, await _agent.UploadAsync(_job, "output/a.csv"));

        Assert.IsType<CommitOutcome.Incomplete>(await _agent.CommitAsync(_job, await _agent.UploadAsync(_job, "output/b.csv")));
    }

    [Fact]
    public async Task A_manifest_that_names_a_path_twice_is_refused()
    {
        var file = await _agent.UploadAsync(_job, "output/a.csv");
        var twin = await _agent.OutputAsync(_job, "output/a.csv", OutputDisposition.Uploaded);

        var refused = Assert.IsType<CommitOutcome.Incomplete>(await _agent.CommitAsync(_job, file, twin));
        Assert.Contains("output/a.csv", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_highly_sensitive_file_can_never_be_uploaded()
    {
        await _agent.UploadAsync(_job, "output/a.csv");
        var file = await _agent.OutputAsync(_job, "output/a.csv", OutputDisposition.Uploaded, PrivacyLevel.HighlySensitive);

        Assert.IsType<CommitOutcome.Incomplete>(await _agent.CommitAsync(_job, file));
        Assert.Equal(0, await Site.Database.ReadAsync(db => db.OutputFiles.CountAsync()));
    }

    [Fact]
    public async Task A_manifest_cannot_speak_for_another_attempt()
    {
        var file = await _agent.UploadAsync(_job, "output/a.csv");

        await Assert.ThrowsAsync<ArgumentException>(() => Commits.CommitAsync(Holder, [Copy(file, _job.JobId, _job.Fence + 1)], None));
        await Assert.ThrowsAsync<ArgumentException>(() => Commits.CommitAsync(Holder, [Copy(file, "another-job-id-1", _job.Fence)], None));
    }

    [Fact]
    public async Task An_attempt_begins_no_more_files_and_bytes_than_it_may()
    {
        var limits = new UploadLimits(Files: 2, Bytes: 10);

        Assert.IsType<BeginOutcome.Begun>(await WithinAsync("output/a.csv", 6));
        Assert.Contains("at most 10 bytes together", Assert.IsType<BeginOutcome.OverLimit>(await WithinAsync("output/b.csv", 5)).Message, StringComparison.Ordinal);
        Assert.Contains("at most 10 bytes together", Assert.IsType<BeginOutcome.OverLimit>(await WithinAsync("output/b.csv", long.MaxValue)).Message, StringComparison.Ordinal);
        Assert.IsType<BeginOutcome.Begun>(await WithinAsync("output/b.csv", 4));
        Assert.Contains("at most 2 files", Assert.IsType<BeginOutcome.OverLimit>(await WithinAsync("output/c.csv", 0)).Message, StringComparison.Ordinal);

        // What was begun goes on, also with another content in its place.
        Assert.IsType<BeginOutcome.Begun>(await WithinAsync("output/a.csv", 6));
        Assert.IsType<BeginOutcome.Begun>(await WithinAsync("output/a.csv", 5));

        Task<BeginOutcome> WithinAsync(string path, long size) => Commits.BeginAsync(Holder, path, size, Digest, limits, None);
    }

    [Fact]
    public async Task An_attempt_that_made_nothing_ends_with_the_manifest_of_nothing()
    {
        var nothing = Assert.IsType<CommitOutcome.Committed>(await _agent.CommitAsync(_job));
        Assert.Equal(nothing, await _agent.CommitAsync(_job));

        await _agent.SucceedAsync(_job);

        Assert.Equal(nothing.ManifestDigest, (await Site.JobAsync(_job.JobId)).ManifestDigest);
        Assert.IsType<CommitOutcome.NotHeld>(await _agent.CommitAsync(_job, await _agent.OutputAsync(_job, "output/a.csv", OutputDisposition.Kept)));
    }

    [Fact]
    public async Task A_manifest_of_nothing_is_void_once_files_were_committed()
    {
        var nothing = Assert.IsType<CommitOutcome.Committed>(await _agent.CommitAsync(_job)).ManifestDigest;
        await _agent.CommitAsync(_job, await _agent.UploadAsync(_job, "output/a.csv"));

        var outcome = await _agent.SendAsync(_agent.Report(_job, JobTrigger.ReportSucceeded) with { ManifestDigest = nothing });

        Assert.IsType<ReportOutcome.Invalid>(outcome);
    }

    [Fact]
    public async Task A_commit_moves_the_jobs_revision_so_that_no_report_passes_it_unseen()
    {
        var before = (await Site.JobAsync(_job.JobId)).Revision;

        await _agent.CommitAsync(_job);

        Assert.Equal(before + 1, (await Site.JobAsync(_job.JobId)).Revision);
    }

    [Fact]
    public async Task The_files_of_a_job_are_those_that_its_last_report_named()
    {
        await _agent.SucceedAsync(_job, await _agent.UploadAsync(_job, "output/a.csv"));

        Assert.Equal(["output/a.csv"], await FilesAsync());
    }

    [Fact]
    public async Task What_was_committed_before_a_cancel_is_no_output_of_the_job()
    {
        await _agent.AcceptAsync(_job);
        await _agent.StartAsync(_job);
        await _agent.CommitAsync(_job, await _agent.UploadAsync(_job, "output/a.csv"));
        Assert.Empty(await FilesAsync());

        var request = (await Site.JobAsync(_job.JobId)).JobRequestId;
        await Site.Get<JobCancellations>().CancelRequestAsync(request, _study.Developer.Id, None);
        await _agent.SendAsync(_agent.Report(_job, JobTrigger.ReportFailed) with { FailureCode = JobStatusCode.CancelledByUser });

        Assert.Equal(JobStatusCode.CancelledByUser, (await Site.JobAsync(_job.JobId)).StatusCode);
        Assert.Equal(1, await Site.Database.ReadAsync(db => db.OutputFiles.CountAsync()));
        Assert.Empty(await FilesAsync());
    }

    [Fact]
    public void A_manifests_digest_does_not_depend_on_the_order_of_its_files()
    {
        var a = File("output/a.csv");
        var b = File("output/b.csv");
        Assert.Equal(Manifests.DigestOf([a, b]), Manifests.DigestOf([b, a]));
        Assert.NotEqual(Manifests.DigestOf([a]), Manifests.DigestOf([b]));
        Assert.NotEqual(Manifests.DigestOf([a]), Manifests.DigestOf([a, b]));
    }

    private Task<List<string>> FilesAsync() => Site.Database.ReadAsync(db => JobFiles.Of(db, _job.JobId).Select(file => file.Path).ToListAsync());

    private AttemptHolder Holder => _agent.HolderOf(_job);

    private static OutputFile File(string path) => new()
    {
        JobId = "j",
        Fence = 1,
        Path = path,
        Level = PrivacyLevel.ModeratelySensitive,
        Disposition = OutputDisposition.Uploaded,
        Size = 4,
        Digest = Digest,
    };

    private static OutputFile Copy(OutputFile file, string jobId, long fence) => new()
    {
        JobId = jobId,
        Fence = fence,
        WorkspaceId = file.WorkspaceId,
        Path = file.Path,
        Level = file.Level,
        Disposition = file.Disposition,
        Size = file.Size,
        Digest = file.Digest,
    };

    private async Task<Upload> BeginAsync(string path, long size = 4, string? digest = null) =>
        Assert.IsType<BeginOutcome.Begun>(await Commits.BeginAsync(Holder, path, size, digest ?? Digest, UploadLimits.None, None)).Upload;
}
