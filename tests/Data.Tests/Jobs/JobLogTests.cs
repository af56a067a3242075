using JobServer.Data.Jobs;
using JobServer.Data.Logs;
using JobServer.Data.Writing;
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

    [Fact]
    public async Task What_a_crash_left_beyond_the_committed_size_is_cut_off_before_more_is_added()
    {
        await AddAsync(0, "abc");
        await using (var crashed = Site.Get<ILogStore>().TryOpenAppend(_job.JobId, _job.Fence)!)
        {
            await crashed.AppendAsync(3, ["never committed, and longer than what follows"u8.ToArray()], CancellationToken.None);
        }

        await AddAsync(3, "def");

        Assert.Equal("abcdef", await StoredAsync());
    }

    [Fact]
    public async Task What_is_refused_at_the_commit_does_not_stay_in_the_store()
    {
        await AddAsync(0, "abc");

        // The backend keeps its logs from here on: after the first look at the rows, before the commit.
        var meanwhile = new MeddlingContexts(Site.Database, "\"JobLogs\"", "UPDATE Backends SET LogPolicy = 'site_only'");
        var logs = new JobLogs(new DatabaseWriter(meanwhile, new OpenWriteGate()), Site.Get<IDbContextFactory<JobServerDb>>(), Site.Get<IDatabaseClock>(), Site.Get<ILogStore>());
        var result = await logs.ApplyAsync(_agent.HolderOf(_job), _study.Backend.Id, [Bytes(3, "a secret")], Room, CancellationToken.None);

        Assert.Equal(LogRefusal.Later, Assert.Single(result.Results).Refusal);
        Assert.Equal("abc", await StoredAsync());
    }

    [Fact]
    public async Task The_log_of_a_job_that_ended_long_ago_is_deleted_and_says_so()
    {
        await ApplyAsync(Bytes(0, "abc"), new LogPiece.Gap(3, 10, "cut"), Bytes(10, "k"));
        await _agent.StartAsync(_job);
        await _agent.FailAsync(_job);
        Site.Clock.Advance(TimeSpan.FromDays(29));
        Assert.Equal(0, await DeleteAsync());
        Assert.Equal("abck", await StoredAsync());

        Site.Clock.Advance(TimeSpan.FromDays(2));

        Assert.Equal(1, await DeleteAsync());
        Assert.Null(Site.Get<ILogStore>().OpenRead(_job.JobId, _job.Fence));
        var log = await Site.Database.ReadAsync(db => db.JobLogs.Include(row => row.Gaps).SingleAsync());
        var gap = Assert.Single(log.Gaps);
        Assert.Equal((11, 0, 0, 11, "deleted after 30 days"), (log.CommittedOffset, log.StoredSize, gap.From, gap.To, gap.Reason));
        Assert.Equal(0, await DeleteAsync());
        Assert.Equal(LogRefusal.TooLate, (await AddAsync(11, "more")).Refusal);
    }

    [Fact]
    public async Task The_log_of_a_job_that_has_not_ended_is_never_deleted()
    {
        await AddAsync(0, "abc");
        Site.Clock.Advance(TimeSpan.FromDays(1000));

        Assert.Equal(0, await DeleteAsync());

        Assert.Equal("abc", await StoredAsync());
    }

    private Task<int> DeleteAsync() => Site.Get<OldLogs>().DeleteAsync(TimeSpan.FromDays(30), 10, CancellationToken.None);

    private async Task<string> StoredAsync()
    {
        await using var stored = Site.Get<ILogStore>().OpenRead(_job.JobId, _job.Fence)!;
        using var reader = new StreamReader(stored);
        return await reader.ReadToEndAsync();
    }

    private static LogPiece.Bytes Bytes(long offset, string text) => new(offset, System.Text.Encoding.UTF8.GetBytes(text));

    private async Task<LogResult> AddAsync(long offset, string text) => Assert.Single((await ApplyAsync(Bytes(offset, text))).Results);

    private Task<LogBatchResult> ApplyAsync(params LogPiece[] pieces) =>
        Site.Get<JobLogs>().ApplyAsync(_agent.HolderOf(_job), _study.Backend.Id, pieces, Room, CancellationToken.None);
}
