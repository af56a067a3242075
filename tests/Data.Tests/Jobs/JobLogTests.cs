using JobServer.Data.Jobs;
using JobServer.Data.Logs;
using JobServer.Domain.Backends;
using JobServer.TestCommon;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace JobServer.Data.Tests.Jobs;

public sealed class JobLogTests : SiteTest
{
    private const long Room = 1000;

    private TestStudy _study = null!;
    private TestAgent _agent = null!;
    private ClaimedJob _job = null!;

    public override async Task InitializeAsync()
    {
        await base.InitializeAsync();
        _study = await Site.CreateStudyAsync();
        await Site.Database.WriteAsync((db, token) => db.Backends.ExecuteUpdateAsync(set => set.SetProperty(backend => backend.LogPolicy, LogPolicy.Project), token));
        await Site.SubmitAsync(_study, ProjectYaml.One, "alone");
        _agent = await Site.OpenSessionAsync(_study.Backend);
        _job = await _agent.ClaimOneAsync();
    }

    [Fact]
    public async Task A_log_that_somebody_else_writes_is_left_alone()
    {
        await using (var other = Site.Get<ILogStore>().TryOpenAppend(_job.JobId, _job.Fence))
        {
            Assert.NotNull(other);
            Assert.Equal(LogRefusal.Later, (await AddAsync(0, "abc")).Refusal);
        }

        Assert.Equal(3, (await AddAsync(0, "abc")).CommittedOffset);
    }

    [Fact]
    public async Task All_attempts_of_a_job_share_one_limit()
    {
        Assert.Equal(900, (await AddAsync(0, new string('x', 900))).CommittedOffset);
        await _agent.LoseAsync(_job);
        Site.Clock.Advance(QueueBackOff.Cap);
        _job = await _agent.ClaimOneAsync();

        Assert.Equal(100, (await AddAsync(0, new string('y', 100))).CommittedOffset);
        Assert.Equal(LogRefusal.TooLarge, (await AddAsync(100, "z")).Refusal);
    }

    [Fact]
    public async Task A_batch_counts_each_of_its_pieces_once()
    {
        var result = await ApplyAsync(
            Bytes(0, "abc"), Bytes(1, "bcd"), Bytes(9, "later"), new LogPiece.Gap(4, 10, "cut"), Bytes(10, "k"), new LogPiece.End(11));

        Assert.Equal([3, 4, 4, 10, 11, 11], result.Results.Select(one => one.CommittedOffset));
        Assert.Equal(
            [LogRefusal.None, LogRefusal.None, LogRefusal.Offset, LogRefusal.None, LogRefusal.None, LogRefusal.None], result.Results.Select(one => one.Refusal));
        Assert.True(result.Results[^1].IsComplete);
        Assert.Equal(5, result.Added);
        await using var stored = Site.Get<ILogStore>().OpenRead(_job.JobId, _job.Fence)!;
        Assert.Equal("abcdk", await new StreamReader(stored).ReadToEndAsync());
    }

    [Fact]
    public async Task The_log_goes_on_for_the_agent_that_held_the_attempt_when_it_is_nobodys()
    {
        await _agent.StartAsync(_job);
        await _agent.FailAsync(_job);

        Assert.Equal(3, (await AddAsync(0, "abc")).CommittedOffset);
    }

    private static LogPiece.Bytes Bytes(long offset, string text) => new(offset, System.Text.Encoding.UTF8.GetBytes(text));

    private async Task<LogResult> AddAsync(long offset, string text) => Assert.Single((await ApplyAsync(Bytes(offset, text))).Results);

    private Task<LogBatchResult> ApplyAsync(params LogPiece[] pieces) =>
        Site.Get<JobLogs>().ApplyAsync(_agent.HolderOf(_job), _study.Backend.Id, pieces, Room, CancellationToken.None);
}
