using JobServer.Data.Agents;
using JobServer.Data.Jobs;
using JobServer.Domain.Jobs;
using JobServer.Simulation.Tests.Specification.Store;
using JobServer.TestCommon;
using Microsoft.EntityFrameworkCore;

namespace JobServer.Simulation.Tests.Specification.Conformance;

/// <summary>The real store over a real SQLite file, driven by commands of the specification: one new job and two new agents a walk.</summary>
internal sealed class StoreUnderTest : IAsyncDisposable
{
    // So long that only a command lets a session lapse, whatever waits in the queue a job has to sit out.
    private static readonly TimeSpan Lease = TimeSpan.FromDays(30);
    private static readonly TimeSpan LongestBackOff = TimeSpan.FromMinutes(3);
    private readonly TestSite _site;
    private readonly TestStudy _study;
    private int _walk;
    private int _request;
    private string _jobId = "";

    private StoreUnderTest(TestSite site, TestStudy study) => (_site, _study) = (site, study);

    public static async Task<StoreUnderTest> CreateAsync()
    {
        var site = await TestSite.CreateAsync();
        return new StoreUnderTest(site, await site.CreateStudyAsync());
    }

    /// <summary>Ends what the last walk left, and makes a job that waits and two agents that are there.</summary>
    public async Task StartWalkAsync()
    {
        await EndAsync();
        _walk++;
        await HelloAsync(1);
        await HelloAsync(2);
        _request = await _site.SubmitAsync(_study, ProjectYaml.One, "alone");
        _jobId = (await _site.JobAsync(_request, "alone")).Id;
    }

    /// <summary>Does it, and says what the store answered.</summary>
    public async Task<Told> RunAsync(StoreCommand command)
    {
        var (reply, number) = await DoAsync(command);
        return new Told(await ReadAsync(), reply, number);
    }

    public ValueTask DisposeAsync() => _site.DisposeAsync();

    private async Task<(ReplyKind Reply, byte Number)> DoAsync(StoreCommand command)
    {
        var agent = NameOf(command.Agent);
        var holder = new AttemptHolder { AgentId = agent, SessionEpoch = command.Epoch, JobId = _jobId, Fence = command.Fence };
        var leases = _site.Get<JobLeases>();
        switch (command.Kind)
        {
            case CommandKind.Hello:
                return (ReplyKind.Done, (byte)await HelloAsync(command.Agent));
            case CommandKind.Renew:
                return YesOrNo(await _site.Get<AgentSessions>().RenewAsync(agent, command.Epoch, Lease, CancellationToken.None));
            case CommandKind.TimePasses:
                _site.Clock.Advance(Lease + TimeSpan.FromSeconds(1));
                return (ReplyKind.Done, 0);
            case CommandKind.Claim:
                return await ClaimAsync(agent, command.Epoch);
            case CommandKind.Accept:
                return YesOrNo(await leases.AcceptAsync(holder, CancellationToken.None));
            case CommandKind.Return:
                return OutcomeOf(await leases.ReturnAsync(holder, "No answer.", CancellationToken.None));
            case CommandKind.Lose:
                return OutcomeOf(await leases.LoseAsync(holder, "The process is gone.", CancellationToken.None));
            case CommandKind.Lapse:
                return OutcomeOf(await leases.LapseAsync(holder, _site.Now, "Silent.", CancellationToken.None));
            case CommandKind.ReAdopt:
                return YesOrNo(await leases.ReAdoptAsync(holder, hasEnded: false, CancellationToken.None));
            case CommandKind.Cancel:
                return await CancelAsync();
            case CommandKind.Report:
                return await ReportAsync(command, agent);
            default:
                throw new InvalidOperationException($"{command.Kind} is no command.");
        }
    }

    private async Task<(ReplyKind Reply, byte Number)> ClaimAsync(string agent, int epoch)
    {
        _site.Clock.Advance(LongestBackOff);
        var claimed = await _site.Get<JobClaims>().ClaimAsync(agent, epoch, new ClaimLimits { Standard = 1, Database = 1 }, CancellationToken.None);
        return claimed.Count == 0 ? (ReplyKind.Refused, (byte)0) : (ReplyKind.Done, (byte)Assert.Single(claimed).Fence);
    }

    private async Task<(ReplyKind Reply, byte Number)> CancelAsync()
    {
        var outcome = await _site.Get<JobCancellations>().CancelJobAsync(_request, _jobId, _study.Developer.Id, CancellationToken.None);
        return (outcome.Ended > 0 ? ReplyKind.Ended : outcome.Stopping > 0 ? ReplyKind.Stopping : ReplyKind.Refused, 0);
    }

    private async Task<(ReplyKind Reply, byte Number)> ReportAsync(StoreCommand command, string agent)
    {
        var report = new JobReport
        {
            AgentId = agent,
            SessionEpoch = command.Epoch,
            JobId = _jobId,
            Fence = command.Fence,
            Sequence = command.Sequence,
            At = _site.Now,
            Trigger = command.Report switch
            {
                ReportKind.Executing => JobTrigger.ReportExecuting,
                ReportKind.Succeeded => JobTrigger.ReportSucceeded,
                ReportKind.Failed => JobTrigger.ReportFailed,
                _ => JobTrigger.LoseAttempt,
            },
            FailureCode = command.Report == ReportKind.Failed ? JobStatusCode.NonzeroExit : null,
            ExitCode = command.Report == ReportKind.Failed ? 1 : null,
            ManifestDigest = command.Report == ReportKind.Succeeded ? Manifests.DigestOf([]) : null,
        };
        var result = await _site.Get<JobReports>().ApplyAsync([report], CancellationToken.None);
        return Assert.Single(result.Outcomes) switch
        {
            ReportOutcome.Applied applied => (ReplyKind.Applied, (byte)applied.Sequence),
            ReportOutcome.Gap gap => (ReplyKind.Gap, (byte)gap.ExpectedSequence),
            ReportOutcome.Fenced fenced => (ReplyKind.Fenced, (byte)fenced.CurrentFence),
            ReportOutcome.StaleSession => (ReplyKind.StaleSession, 0),
            ReportOutcome.Contradicts => (ReplyKind.Contradicts, 0),
            var other => throw new InvalidOperationException($"The specification knows no outcome '{other}'."),
        };
    }

    private async Task<long> HelloAsync(int agent)
    {
        var outcome = await _site.Get<AgentSessions>().OpenAsync(
            TestRuns.Hello(_study.Backend, NameOf(agent)), "coordinator-1", Lease, CancellationToken.None);
        return Assert.IsType<HelloOutcome.Opened>(outcome).Epoch;
    }

    private Task<Rows> ReadAsync() => _site.Database.ReadAsync(async db =>
    {
        var job = await db.Jobs.AsNoTracking().SingleAsync(job => job.Id == _jobId);
        var names = new[] { NameOf(1), NameOf(2) };
        var sessions = await db.AgentSessions.AsNoTracking()
            .Where(session => names.Contains(session.AgentId) && session.Epoch == session.Agent.SessionEpoch && session.EndedAt == null)
            .ToDictionaryAsync(session => session.AgentId, StringComparer.Ordinal);
        return new Rows
        {
            Phase = job.IsEnded ? Phase.Ended : job.State == JobState.Running ? Phase.Running : job.AgentId is null ? Phase.Queued : Phase.Leased,
            Fence = (byte)job.Fence,
            Holder = (byte)(Array.IndexOf(names, job.AgentId) + 1),
            IsAccepted = job.AcceptedAt is not null,
            IsCancelled = job.CancelRequestedAt is not null,
            Applied = (byte)job.AppliedSequence,
            Lost = (byte)job.LostAttempts,
            Ending = EndingOf(job),
            Epoch1 = (byte)sessions[names[0]].Epoch,
            Epoch2 = (byte)sessions[names[1]].Epoch,
            IsLive1 = sessions[names[0]].ExpiresAt > _site.Now,
            IsLive2 = sessions[names[1]].ExpiresAt > _site.Now,
        };
    });

    private static Ending EndingOf(Job job) => (job.IsEnded, job.StatusCode) switch
    {
        (false, _) => Ending.None,
        (true, JobStatusCode.Succeeded) => Ending.Succeeded,
        (true, JobStatusCode.NonzeroExit) => Ending.Failed,
        (true, JobStatusCode.CancelledByUser) => Ending.Cancelled,
        (true, JobStatusCode.Lost) => Ending.Lost,
        (true, var code) => throw new InvalidOperationException($"The specification knows no end '{code}'."),
    };

    private async Task EndAsync()
    {
        if (_jobId.Length == 0)
        {
            return;
        }

        await CancelAsync();
        var rows = await ReadAsync();
        if (rows.IsHeld)
        {
            await DoAsync(new StoreCommand(CommandKind.Lose, rows.Holder, rows.EpochOf(rows.Holder), rows.Fence));
        }
    }

    private string NameOf(int agent) => $"agent-{_walk}-{agent}";

    private static (ReplyKind Reply, byte Number) YesOrNo(bool isDone) => (isDone ? ReplyKind.Done : ReplyKind.Refused, 0);

    private static (ReplyKind Reply, byte Number) OutcomeOf(LeaseChange change) => (
        change switch
        {
            LeaseChange.Queued => ReplyKind.Queued,
            LeaseChange.Ended => ReplyKind.Ended,
            _ => ReplyKind.Refused,
        },
        0);
}
