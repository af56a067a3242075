using JobServer.Data.Blobs;
using JobServer.Data.Jobs;
using JobServer.Domain.Jobs;
using JobServer.TestCommon;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace JobServer.Data.Tests.Jobs;

public sealed class AbandonedUploadTests : SiteTest
{
    private static readonly TimeSpan Grace = TimeSpan.FromHours(24);

    private TestAgent _agent = null!;
    private ClaimedJob _job = null!;

    public override async Task InitializeAsync()
    {
        await base.InitializeAsync();
        var study = await Site.CreateStudyAsync();
        _agent = await Site.OpenSessionAsync(study.Backend);
        await Site.SubmitAsync(study, ProjectYaml.One, "alone");
        _job = await _agent.ClaimOneAsync();
    }

    [Fact]
    public async Task What_a_failed_job_left_of_an_upload_goes_after_the_grace_time()
    {
        var upload = await HalfAsync();
        await _agent.StartAsync(_job);
        Site.Clock.Advance(Grace);
        await _agent.FailAsync(_job);
        Assert.Equal(0, await RemoveAsync());
        Assert.Equal(4, Site.Get<IBlobStore>().PartialSize(upload.Id));

        Site.Clock.Advance(Grace);

        Assert.Equal(1, await RemoveAsync());
        Assert.Equal(0, Site.Get<IBlobStore>().PartialSize(upload.Id));
        Assert.Equal(0, await Site.Database.ReadAsync(db => db.Uploads.CountAsync()));
    }

    [Fact]
    public async Task What_a_lost_attempt_left_goes_when_another_has_taken_its_place()
    {
        var old = await HalfAsync();
        await _agent.LoseAsync(_job);
        Site.Clock.Advance(Grace);
        Assert.Equal(0, await RemoveAsync());

        _job = await _agent.ClaimOneAsync();
        var current = await HalfAsync();

        Assert.Equal(1, await RemoveAsync());
        Assert.Equal((0, 4), (Site.Get<IBlobStore>().PartialSize(old.Id), Site.Get<IBlobStore>().PartialSize(current.Id)));
    }

    [Fact]
    public async Task The_uploads_of_an_attempt_that_goes_on_are_kept_however_old()
    {
        var upload = await HalfAsync();
        Site.Clock.Advance(TimeSpan.FromDays(100));

        Assert.Equal(0, await RemoveAsync());

        Assert.Equal(4, Site.Get<IBlobStore>().PartialSize(upload.Id));
    }

    [Fact]
    public async Task A_file_that_arrived_whole_stays_when_its_row_goes()
    {
        var file = await _agent.UploadAsync(_job, "output/a.csv");
        await _agent.SucceedAsync(_job, file);
        Site.Clock.Advance(Grace);

        Assert.Equal(1, await RemoveAsync());

        Assert.Equal(file.Size, Site.Get<IBlobStore>().SizeOf(file.Digest));
    }

    private Task<int> RemoveAsync() => Site.Get<AbandonedUploads>().RemoveAsync(Grace, 10, CancellationToken.None);

    /// <summary>An upload of eight bytes, of which four have come.</summary>
    private async Task<Upload> HalfAsync()
    {
        var begun = await Site.Get<OutputCommits>().BeginAsync(
            _agent.HolderOf(_job), "output/a.csv", 8, Digests.OfText("a,b\n1,2\n"), UploadLimits.None, CancellationToken.None);
        var upload = Assert.IsType<BeginOutcome.Begun>(begun).Upload;
        await using var partial = await Site.Get<IBlobStore>().OpenPartialAsync(upload.Id, 0, CancellationToken.None);
        await partial.WriteAsync("a,b\n"u8.ToArray());
        return upload;
    }
}
