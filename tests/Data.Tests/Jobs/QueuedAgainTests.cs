using JobServer.Data.Jobs;
using JobServer.Domain.Jobs;
using JobServer.TestCommon;
using Xunit;

namespace JobServer.Data.Tests.Jobs;

/// <summary>What is queued again waits a little, longer each time, and what nobody began is no lost attempt.</summary>
public sealed class QueuedAgainTests : SiteTest
{
    private TestAgent _agent = null!;
    private int _request;

    public override async Task InitializeAsync()
    {
        await base.InitializeAsync();
        var study = await Site.CreateStudyAsync();
        _agent = await Site.OpenSessionAsync(study.Backend);
        _request = await Site.SubmitAsync(study, ProjectYaml.One, "alone");
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task After_a_lost_attempt_a_job_waits_longer_each_time(bool isReported)
    {
        foreach (var ceiling in new[] { 2, 4 })
        {
            var job = await _agent.ClaimOneAsync();
            await _agent.StartAsync(job);
            if (isReported)
            {
                await _agent.ReportAsync(job, JobTrigger.LoseAttempt);
            }
            else
            {
                await _agent.LoseAsync(job);
            }

            Assert.InRange(await WaitAsync(), TimeSpan.FromSeconds(ceiling / 2.0), TimeSpan.FromSeconds(ceiling));
            Site.Clock.Advance(QueueBackOff.Cap);
        }
    }

    [Fact]
    public async Task A_job_waits_longer_each_time_that_its_agent_was_busy_and_that_is_no_lost_attempt()
    {
        foreach (var ceiling in new[] { 2, 4, 8, 16, 32, 64, 120, 120 })
        {
            await Site.Get<JobLeases>().ReturnBusyAsync(_agent.HolderOf(await _agent.ClaimOneAsync()), "All slots are taken", None);

            Assert.InRange(await WaitAsync(), TimeSpan.FromSeconds(ceiling / 2.0), TimeSpan.FromSeconds(ceiling));
            Site.Clock.Advance(QueueBackOff.Cap);
        }

        Assert.Equal(0, (await JobAsync()).LostAttempts);
    }

    [Fact]
    public async Task What_an_agent_never_answered_is_free_at_once()
    {
        await _agent.ReturnAsync(await _agent.ClaimOneAsync());

        Assert.Null((await JobAsync()).NotBefore);
    }

    [Fact]
    public async Task The_lapse_of_a_lease_that_nobody_accepted_is_no_lost_attempt()
    {
        for (var time = 0; time < JobReports.MaxLostAttempts + 1; time++)
        {
            var job = await _agent.ClaimOneAsync();

            Assert.Equal(LeaseChange.Queued, await LapseAsync(job));

            Site.Clock.Advance(QueueBackOff.Cap);
            await _agent.RenewAsync();
        }

        var row = await JobAsync();
        Assert.Equal((JobState.Pending, 0, JobStatusCode.WaitingOnWorkers), (row.State, row.LostAttempts, row.StatusCode));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task The_lapse_of_a_lease_that_was_accepted_or_reported_on_is_a_lost_attempt(bool isAccepted)
    {
        var job = await _agent.ClaimOneAsync();
        if (isAccepted)
        {
            await _agent.AcceptAsync(job);
        }
        else
        {
            await _agent.StartAsync(job);
        }

        await LapseAsync(job);

        Assert.Equal(1, (await JobAsync()).LostAttempts);
    }

    [Fact]
    public async Task A_repeated_stage_changes_the_message_and_is_in_the_history()
    {
        var job = await _agent.ClaimOneAsync();
        await _agent.ReportAsync(job, JobTrigger.ReportPreparing);

        await _agent.SendAsync(_agent.Report(job, JobTrigger.ReportPreparing) with { Message = "Preparing the code: retry 2 of 5 because the backend's disk is full" });

        var row = await JobAsync();
        Assert.Equal((JobStatusCode.Preparing, "Preparing the code: retry 2 of 5 because the backend's disk is full", 2), (row.StatusCode, row.StatusMessage, row.AppliedSequence));
        Assert.Equal(row.StatusMessage, (await Site.EventsAsync(job.JobId))[^1].Message);
    }

    private async Task<LeaseChange> LapseAsync(ClaimedJob job)
    {
        Site.Clock.Advance(TimeSpan.FromHours(1));
        return await Site.Get<JobLeases>().LapseAsync(_agent.HolderOf(job), Site.Now, "The agent is away", None);
    }

    private Task<Job> JobAsync() => Site.JobAsync(_request, "alone");

    private async Task<TimeSpan> WaitAsync() => (await JobAsync()).NotBefore!.Value - Site.Now;
}
