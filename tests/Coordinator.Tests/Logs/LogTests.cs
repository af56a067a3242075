using System.Text;
using Grpc.Core;
using JobServer.Contracts.V1;
using JobServer.Coordinator.Tests.Hosting;
using JobServer.Data.Logs;
using JobServer.Domain.Backends;
using JobServer.Domain.Jobs;
using JobServer.TestCommon;
using Microsoft.EntityFrameworkCore;
using LogRefusal = JobServer.Contracts.V1.LogRefusal;

namespace JobServer.Coordinator.Tests.Logs;

public sealed class LogTests : CoordinatorTest
{
    [Fact]
    public async Task What_a_job_prints_is_on_disk_and_committed_before_it_is_acknowledged()
    {
        var (log, attempt) = await SendingAsync();
        var bytes = new byte[] { 0, 255, 27, 10, 13, 128 };

        var first = await log.SendAsync(LogSending.Chunk(attempt, 0, bytes));
        var second = await log.SendAsync(LogSending.Chunk(attempt, 6, "more"u8));

        Assert.Equal((6, LogRefusal.Unspecified), (first.CommittedOffset, first.Refusal));
        Assert.Equal(10, second.CommittedOffset);
        Assert.Equal([.. bytes, .. "more"u8], Stored(attempt));
        var row = await RowAsync(attempt);
        Assert.Equal((10, 10, false), (row.CommittedOffset, row.StoredSize, row.IsComplete));
    }

    [Fact]
    public async Task After_a_reconnect_the_agent_is_told_where_to_go_on_and_an_overlap_is_trimmed()
    {
        var (agent, attempt) = await RunningAsync(LogPolicy.Project);
        using (var before = await LogSending.BeginAsync(Coordinator, Token, agent.Session))
        {
            await before.SendAsync(LogSending.Chunk(attempt, 0, "0123456789"u8));
        }

        using var log = await LogSending.BeginAsync(Coordinator, Token, agent.Session);
        Assert.Equal(10, (await log.SendAsync(LogSending.Open(attempt))).CommittedOffset);
        Assert.Equal(10, (await log.SendAsync(LogSending.Chunk(attempt, 2, "2345"u8))).CommittedOffset);
        Assert.Equal(12, (await log.SendAsync(LogSending.Chunk(attempt, 7, "789ab"u8))).CommittedOffset);
        Assert.Equal("0123456789ab", Text(attempt));
    }

    [Fact]
    public async Task A_hole_is_refused_with_the_offset_that_is_expected()
    {
        var (log, attempt) = await SendingAsync();
        await log.SendAsync(LogSending.Chunk(attempt, 0, "abc"u8));

        var chunk = await log.SendAsync(LogSending.Chunk(attempt, 4, "efg"u8));
        var gap = await log.SendAsync(LogSending.Gap(attempt, 4, 9, "cut"));
        var end = await log.SendAsync(LogSending.End(attempt, 9));

        Assert.All([chunk, gap, end], reply => Assert.Equal((LogRefusal.Offset, 3), (reply.Refusal, reply.CommittedOffset)));
        Assert.Equal(4, (await log.SendAsync(LogSending.Chunk(attempt, 3, "d"u8))).CommittedOffset);
        Assert.Equal("abcd", Text(attempt));
    }

    [Fact]
    public async Task Damaged_bytes_are_not_stored_and_are_asked_for_again()
    {
        var (log, attempt) = await SendingAsync();
        var damaged = LogSending.Chunk(attempt, 0, "abc"u8);
        damaged.Chunk.Crc32C ^= 1;

        var reply = await log.SendAsync(damaged);

        Assert.Equal((LogRefusal.Checksum, 0), (reply.Refusal, reply.CommittedOffset));
        Assert.Equal(3, (await log.SendAsync(LogSending.Chunk(attempt, 0, "abc"u8))).CommittedOffset);
        Assert.Equal("abc", Text(attempt));
    }

    [Fact]
    public async Task Bytes_that_a_crash_left_uncommitted_are_not_there_twice()
    {
        var (log, attempt) = await SendingAsync();
        await log.SendAsync(LogSending.Chunk(attempt, 0, "abc"u8));

        // What a Coordinator does that dies between the file and the row.
        await using (var file = Site.Get<ILogStore>().TryOpenAppend(attempt.JobId, attempt.Fence)!)
        {
            await file.AppendAsync(3, ["def-and-more"u8.ToArray()], CancellationToken.None);
        }

        Assert.Equal(3, (await log.SendAsync(LogSending.Open(attempt))).CommittedOffset);
        Assert.Equal(6, (await log.SendAsync(LogSending.Chunk(attempt, 3, "def"u8))).CommittedOffset);
        Assert.Equal("abcdef", Text(attempt));
    }

    [Fact]
    public async Task Nothing_is_acknowledged_when_committed_bytes_are_missing_from_the_store()
    {
        var (log, attempt) = await SendingAsync();
        await log.SendAsync(LogSending.Chunk(attempt, 0, "abc"u8));
        File.Delete(Path(attempt));

        var reply = await log.SendAsync(LogSending.Chunk(attempt, 3, "def"u8));

        Assert.Equal(LogRefusal.Later, reply.Refusal);
        Assert.Equal(3, (await RowAsync(attempt)).CommittedOffset);
    }

    [Fact]
    public async Task A_gap_and_the_end_are_kept_and_may_be_repeated()
    {
        var (log, attempt) = await SendingAsync();
        await log.SendAsync(LogSending.Chunk(attempt, 0, "abc"u8));

        var gap = await log.SendAsync(LogSending.Gap(attempt, 3, 1003, "the log\u001b[31m was too long"));
        await log.SendAsync(LogSending.Gap(attempt, 3, 1003, "again"));
        var end = await log.SendAsync(LogSending.End(attempt, 1003));
        var again = await log.SendAsync(LogSending.End(attempt, 1003));

        Assert.Equal((1003, LogProgress.Open), (gap.CommittedOffset, gap.Progress));
        Assert.Equal((LogRefusal.Unspecified, LogProgress.Complete), (end.Refusal, end.Progress));
        Assert.Equal((LogRefusal.Unspecified, LogProgress.Complete), (again.Refusal, again.Progress));
        Assert.Equal(LogRefusal.Malformed, (await log.SendAsync(LogSending.Chunk(attempt, 1003, "x"u8))).Refusal);
        var row = await RowAsync(attempt);
        Assert.Equal((1003, 3, true), (row.CommittedOffset, row.StoredSize, row.IsComplete));
        var kept = Assert.Single(row.Gaps);
        Assert.Equal((3, 1003, "the log[31m was too long"), (kept.From, kept.To, kept.Reason));
    }

    [Theory]
    [InlineData(LogPolicy.SiteOnly, LogTravel.Keep)]
    [InlineData(LogPolicy.Checkers, LogTravel.Send)]
    [InlineData(LogPolicy.Project, LogTravel.Send)]
    public async Task An_assignment_says_whether_the_log_may_leave_the_site(LogPolicy policy, LogTravel travel)
    {
        await PolicyAsync(policy);
        await SubmitOneAsync();
        var agent = await ConnectAsync();
        await agent.CreditAsync(1);

        Assert.Equal(travel, (await agent.ReadAsync(CoordinatorFrame.FrameOneofCase.Assign)).Assign.Spec.Log);
    }

    [Fact]
    public async Task A_backend_that_keeps_logs_at_the_site_has_them_refused_whatever_its_agent_sends()
    {
        var (agent, attempt) = await RunningAsync();
        using var log = await LogSending.BeginAsync(Coordinator, Token, agent.Session);

        Assert.Equal(LogRefusal.Policy, (await log.SendAsync(LogSending.Open(attempt))).Refusal);
        Assert.Equal(LogRefusal.Policy, (await log.SendAsync(LogSending.Chunk(attempt, 0, "patient 17"u8))).Refusal);

        Assert.False(Directory.Exists(LogsDirectory));
        Assert.False(await Site.Database.ReadAsync(db => db.JobLogs.AnyAsync()));
    }

    [Fact]
    public async Task A_policy_that_becomes_stricter_holds_at_once()
    {
        var (log, attempt) = await SendingAsync();
        await log.SendAsync(LogSending.Chunk(attempt, 0, "abc"u8));

        await PolicyAsync(LogPolicy.SiteOnly);

        Assert.Equal(LogRefusal.Policy, (await log.SendAsync(LogSending.Chunk(attempt, 3, "def"u8))).Refusal);
        Assert.Equal("abc", Text(attempt));
    }

    [Fact]
    public async Task The_log_of_an_attempt_that_is_no_longer_the_newest_is_refused()
    {
        var (log, attempt) = await SendingAsync();
        await log.SendAsync(LogSending.Chunk(attempt, 0, "abc"u8));
        await Site.Database.WriteAsync((db, token) => db.Jobs.ExecuteUpdateAsync(set => set.SetProperty(job => job.Fence, job => job.Fence + 1), token));

        var stale = await log.SendAsync(LogSending.Chunk(attempt, 3, "def"u8));
        var never = await log.SendAsync(LogSending.Chunk(new Attempt { JobId = attempt.JobId, Fence = attempt.Fence + 1 }, 0, "x"u8));
        var unknown = await log.SendAsync(LogSending.Chunk(new Attempt { JobId = "aaaaaaaaaaaaaaaa", Fence = 1 }, 0, "x"u8));

        Assert.All([stale, unknown], reply => Assert.Equal((LogRefusal.NotHeld, 0), (reply.Refusal, reply.CommittedOffset)));
        Assert.Equal("abc", Text(attempt));
        Assert.Equal(LogRefusal.Unspecified, never.Refusal);
    }

    [Fact]
    public async Task Another_agent_and_another_backend_cannot_add_to_a_log()
    {
        var (agent, attempt) = await RunningAsync(LogPolicy.Project);
        var other = NewAgent(id: "agent-000002");
        await other.WelcomedAsync();
        var elsewhere = await Site.CreateTokenAsync(await Site.CreateBackendAsync());

        using (var neighbour = await LogSending.BeginAsync(Coordinator, Token, other.Session))
        {
            Assert.Equal(LogRefusal.NotHeld, (await neighbour.SendAsync(LogSending.Chunk(attempt, 0, "x"u8))).Refusal);
        }

        using (var stranger = await LogSending.BeginAsync(Coordinator, elsewhere, agent.Session))
        {
            var refusal = await Assert.ThrowsAsync<RpcException>(() => stranger.SendAsync(LogSending.Open(attempt)));
            Assert.Equal(StatusCode.PermissionDenied, refusal.StatusCode);
        }

        Assert.False(await Site.Database.ReadAsync(db => db.JobLogs.AnyAsync()));
    }

    [Fact]
    public async Task Only_the_newest_session_of_an_agent_adds_to_its_logs()
    {
        var (agent, attempt) = await RunningAsync(LogPolicy.Project);
        using var old = await LogSending.BeginAsync(Coordinator, Token, agent.Session);
        await old.SendAsync(LogSending.Chunk(attempt, 0, "abc"u8));
        await ConnectAsync(new InventoryItem { Attempt = attempt, State = AttemptState.Running, Process = ProcessState.Alive });

        Assert.Equal(LogRefusal.Session, (await old.SendAsync(LogSending.Chunk(attempt, 3, "def"u8))).Refusal);
        Assert.Equal("abc", Text(attempt));
    }

    [Fact]
    public async Task A_newer_stream_of_an_agent_ends_the_older_one()
    {
        var (agent, attempt) = await RunningAsync(LogPolicy.Project);
        using var hanging = await LogSending.BeginAsync(Coordinator, Token, agent.Session);
        await hanging.SendAsync(LogSending.Open(attempt));

        using var log = await LogSending.BeginAsync(Coordinator, Token, agent.Session);
        await log.SendAsync(LogSending.Open(attempt));

        Assert.Equal(StatusCode.Aborted, (await Assert.ThrowsAsync<RpcException>(hanging.ReadAsync)).StatusCode);
    }

    [Fact]
    public async Task Nobody_ends_the_stream_of_an_agent_by_saying_its_name()
    {
        var (agent, attempt) = await RunningAsync(LogPolicy.Project);
        using var log = await LogSending.BeginAsync(Coordinator, Token, agent.Session);
        await log.SendAsync(LogSending.Open(attempt));
        var elsewhere = await Site.CreateTokenAsync(await Site.CreateBackendAsync());
        (string Token, SessionRef Session)[] strangers =
        [
            (elsewhere, agent.Session),
            (Token, new SessionRef { AgentId = agent.Id, SessionEpoch = agent.Session.SessionEpoch + 1 }),
            (Token, new SessionRef { AgentId = "nobody-000001", SessionEpoch = 1 }),
        ];

        foreach (var stranger in strangers)
        {
            using var sending = await LogSending.BeginAsync(Coordinator, stranger.Token, stranger.Session);
            var refusal = await Assert.ThrowsAsync<RpcException>(() => sending.SendAsync(LogSending.Open(attempt)));
            Assert.Equal(StatusCode.PermissionDenied, refusal.StatusCode);
        }

        Assert.Equal(3, (await log.SendAsync(LogSending.Chunk(attempt, 0, "abc"u8))).CommittedOffset);
    }

    [Fact]
    public async Task A_log_is_taken_for_24_hours_after_the_end_of_its_job_and_then_refused()
    {
        var (agent, attempt) = await RunningAsync(LogPolicy.Project);
        await SucceedAsync(agent, attempt);
        var end = (await Site.JobAsync(attempt.JobId)).CompletedAt!.Value;
        using var log = await LogSending.BeginAsync(Coordinator, Token, agent.Session);

        Assert.Equal(3, (await log.SendAsync(LogSending.Chunk(attempt, 0, "abc"u8))).CommittedOffset);
        await Site.Database.WriteAsync((db, token) => db.Jobs.ExecuteUpdateAsync(
            set => set.SetProperty(job => job.CompletedAt, Site.Now - TimeSpan.FromHours(24)), token));
        Assert.Equal(4, (await log.SendAsync(LogSending.Chunk(attempt, 3, "d"u8))).CommittedOffset);
        await Site.Database.WriteAsync((db, token) => db.Jobs.ExecuteUpdateAsync(
            set => set.SetProperty(job => job.CompletedAt, Site.Now - TimeSpan.FromHours(24) - TimeSpan.FromSeconds(1)), token));

        Assert.Equal(LogRefusal.TooLate, (await log.SendAsync(LogSending.Chunk(attempt, 4, "e"u8))).Refusal);
        Assert.Equal("abcd", Text(attempt));
        Assert.Equal(Site.Now, end);
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(long.MaxValue)]
    public async Task Offsets_that_make_no_sense_are_refused(long offset)
    {
        var (log, attempt) = await SendingAsync();

        Assert.NotEqual(LogRefusal.Unspecified, (await log.SendAsync(LogSending.Chunk(attempt, offset, "abc"u8))).Refusal);
        Assert.Equal(LogRefusal.Malformed, (await log.SendAsync(LogSending.Gap(attempt, 0, long.MaxValue, "x"))).Refusal);
        Assert.Equal(LogRefusal.Malformed, (await log.SendAsync(LogSending.Gap(attempt, 3, 3, "x"))).Refusal);
    }

    [Theory]
    [InlineData(0)]
    [InlineData((32 * 1024) + 1)]
    public async Task A_chunk_that_is_empty_or_too_large_ends_the_stream(int size)
    {
        var (log, attempt) = await SendingAsync();
        await log.WriteAsync(LogSending.Chunk(attempt, 0, new byte[size]));

        Assert.Equal(StatusCode.InvalidArgument, (await Assert.ThrowsAsync<RpcException>(log.ReadAsync)).StatusCode);
    }

    [Theory]
    [InlineData("../../../../etc/a")]
    [InlineData("AAAAAAAAAAAAAAAA")]
    public async Task A_name_that_is_no_job_reaches_no_file(string jobId)
    {
        var (log, attempt) = await SendingAsync();
        await log.WriteAsync(LogSending.Chunk(new Attempt { JobId = jobId.PadRight(16, 'a')[..16], Fence = 1 }, 0, "x"u8));

        Assert.Equal(StatusCode.InvalidArgument, (await Assert.ThrowsAsync<RpcException>(log.ReadAsync)).StatusCode);
        Assert.Throws<ArgumentException>(() => Site.Get<ILogStore>().OpenRead(jobId, 1));
    }

    [Fact]
    public async Task Many_pieces_in_one_go_are_all_answered_in_order()
    {
        var (log, attempt) = await SendingAsync();
        var piece = new byte[32 * 1024];
        piece.AsSpan().Fill((byte)'x');
        const int Count = 200;
        var reading = Task.Run(async () =>
        {
            var offsets = new List<long>();
            for (var i = 0; i < Count; i++)
                offsets.Add((await log.ReadAsync()).CommittedOffset);
            return offsets;
        });
        for (var i = 0; i < Count; i++)
            await log.WriteAsync(LogSending.Chunk(attempt, (long)i * piece.Length, piece));

        Assert.Equal(Enumerable.Range(1, Count).Select(i => (long)i * piece.Length), await reading);
        Assert.Equal((long)Count * piece.Length, new FileInfo(Path(attempt)).Length);
    }

    private string LogsDirectory => System.IO.Path.Combine(Site.Database.Folder, "logs");

    private async Task<(LogSending Log, Attempt Attempt)> SendingAsync()
    {
        var (agent, attempt) = await RunningAsync(LogPolicy.Project);
        return (await LogSending.BeginAsync(Coordinator, Token, agent.Session), attempt);
    }

    private async Task<(ScriptedAgent Agent, Attempt Attempt)> RunningAsync(LogPolicy policy)
    {
        await PolicyAsync(policy);
        return await RunningAsync();
    }

    private Task PolicyAsync(LogPolicy policy) => Site.Database.WriteAsync((db, token) =>
        db.Backends.ExecuteUpdateAsync(set => set.SetProperty(backend => backend.LogPolicy, policy), token));

    private string Path(Attempt attempt) => System.IO.Path.Combine(LogsDirectory, attempt.JobId[..2], $"{attempt.JobId}-{attempt.Fence}.log");

    private byte[] Stored(Attempt attempt) => File.ReadAllBytes(Path(attempt));

    private string Text(Attempt attempt) => Encoding.UTF8.GetString(Stored(attempt));

    private Task<JobLog> RowAsync(Attempt attempt) => Site.Database.ReadAsync(db =>
        db.JobLogs.Include(log => log.Gaps).SingleAsync(log => log.JobId == attempt.JobId && log.Fence == attempt.Fence));
}
