using JobServer.Data.Jobs;
using JobServer.Domain.Backends;
using JobServer.Domain.Jobs;
using JobServer.Domain.Pipelines;
using JobServer.Domain.Releases;
using JobServer.Outputs.Disclosure;
using JobServer.TestCommon;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace JobServer.Data.Tests.Releases;

public sealed class AutomaticReleaseTests : SiteTest
{
    [Fact]
    public async Task A_success_releases_the_uploaded_files_and_no_others()
    {
        var (study, agent, job) = await StartAsync(ReleasePolicy.Automatic);

        await agent.SucceedAsync(
            job,
            await agent.UploadAsync(job, "output/b.csv"),
            await agent.UploadAsync(job, "output/a.csv"),
            await agent.OutputAsync(job, "output/large.csv", OutputDisposition.Excluded),
            await agent.OutputAsync(job, "", OutputDisposition.Kept, PrivacyLevel.HighlySensitive));

        var release = Assert.Single(await ReleasesAsync());
        Assert.Equal((study.Workspace.Id, job.JobId, study.Developer.Id), (release.WorkspaceId, release.JobId, release.CreatedById));
        Assert.Equal(["output/a.csv", "output/b.csv"], release.Files.Select(file => file.Path).Order());
        Assert.Equal(3, release.Files.Select(file => file.Id).Append(release.Id).Distinct().Count());
        Assert.All(release.Files, file => Assert.True(Ulid.TryParse(file.Id, out _)));
    }

    [Theory]
    [InlineData(Severity.Information, true)]
    [InlineData(Severity.Review, true)]
    [InlineData(Severity.Fail, false)]
    [InlineData(Severity.Block, false)]
    public async Task A_file_in_which_something_was_found_that_discloses_stays_in_quarantine(Severity severity, bool released)
    {
        var (_, agent, job) = await StartAsync(ReleasePolicy.Automatic);
        var file = await agent.UploadAsync(job, "output/a.csv", findings: [new Finding { Rule = "N1", Severity = severity, Message = "a count below 10" }]);

        await agent.SucceedAsync(job, file);

        Assert.Equal(released, (await ReleasesAsync()).Count == 1);
        var kept = await Site.Database.ReadAsync(db => db.OutputFiles.SingleAsync());
        Assert.Equal((severity, "N1"), (Assert.Single(kept.Findings).Severity, kept.Findings[0].Rule));
    }

    [Fact]
    public async Task A_file_that_no_rule_saw_stays_in_quarantine()
    {
        var (_, agent, job) = await StartAsync(ReleasePolicy.Automatic);

        await agent.SucceedAsync(job, await agent.UploadAsync(job, "output/a.csv", checkedWith: ""));

        Assert.Empty(await ReleasesAsync());
    }

    [Fact]
    public async Task Where_outputs_are_reviewed_a_success_releases_nothing()
    {
        var (_, agent, job) = await StartAsync(ReleasePolicy.Reviewed);

        await agent.SucceedAsync(job, await agent.UploadAsync(job, "output/a.csv"));

        Assert.Empty(await ReleasesAsync());
    }

    [Fact]
    public async Task A_failure_releases_nothing()
    {
        var (_, agent, job) = await StartAsync(ReleasePolicy.Automatic);
        await agent.CommitAsync(job, await agent.UploadAsync(job, "output/a.csv"));

        await agent.FailAsync(job);

        Assert.Empty(await ReleasesAsync());
    }

    [Fact]
    public async Task A_success_without_files_makes_no_empty_release()
    {
        var (_, agent, job) = await StartAsync(ReleasePolicy.Automatic);

        await agent.SucceedAsync(job, await agent.OutputAsync(job, "output/large.csv", OutputDisposition.Excluded));

        Assert.Empty(await ReleasesAsync());
    }

    [Fact]
    public async Task Files_of_a_lost_attempt_are_not_released()
    {
        var (_, agent, job) = await StartAsync(ReleasePolicy.Automatic);
        await agent.CommitAsync(job, await agent.UploadAsync(job, "output/old.csv"));
        await agent.LoseAsync(job);
        Site.Clock.Advance(QueueBackOff.Cap);
        var next = await agent.ClaimOneAsync();

        await agent.SucceedAsync(next, await agent.UploadAsync(next, "output/new.csv"));

        Assert.Equal("output/new.csv", Assert.Single(Assert.Single(await ReleasesAsync()).Files).Path);
    }

    [Fact]
    public async Task The_release_and_the_success_are_one_transaction()
    {
        var (study, agent, job) = await StartAsync(ReleasePolicy.Automatic);

        // Another release of the same job makes the insert fail.
        var committed = Assert.IsType<CommitOutcome.Committed>(await agent.CommitAsync(job, await agent.UploadAsync(job, "output/a.csv")));
        await Site.Database.AddAsync(new Release
        {
            Id = Ulid.MinValue.ToString(),
            WorkspaceId = study.Workspace.Id,
            BackendId = study.Backend.Id,
            JobId = job.JobId,
            CreatedById = study.Developer.Id,
            CreatedAt = Site.Now,
            Policy = ReleasePolicy.Automatic,
        });

        await Assert.ThrowsAsync<DbUpdateException>(() =>
            agent.SendAsync(agent.Report(job, JobTrigger.ReportSucceeded) with { ManifestDigest = committed.ManifestDigest }));

        Assert.Equal(JobState.Pending, (await Site.JobAsync(job.JobId)).State);
    }

    private Task<List<Release>> ReleasesAsync() => Site.Database.ReadAsync(db => db.Releases.Include(release => release.Files).ToListAsync());

    private async Task<(TestStudy Study, TestAgent Agent, ClaimedJob Job)> StartAsync(ReleasePolicy policy)
    {
        var study = await Site.CreateStudyAsync(policy);
        var agent = await Site.OpenSessionAsync(study.Backend);
        await Site.SubmitAsync(study, ProjectYaml.One, "alone");
        return (study, agent, await agent.ClaimOneAsync());
    }
}
