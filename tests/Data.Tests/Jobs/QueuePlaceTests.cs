using JobServer.Data.Jobs;
using JobServer.Domain.Agents;
using JobServer.Domain.Backends;
using JobServer.TestCommon;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace JobServer.Data.Tests.Jobs;

public sealed class QueuePlaceTests : SiteTest
{
    private TestStudy _study = null!;

    public override async Task InitializeAsync()
    {
        await base.InitializeAsync();
        _study = await Site.CreateStudyAsync();
    }

    [Fact]
    public async Task A_job_says_which_actions_it_waits_for()
    {
        await Site.OpenSessionAsync(_study.Backend);
        var request = await Site.SubmitAsync(_study, ProjectYaml.Chain, "run_all");

        Assert.Equal((WaitReason.InQueue, "Next in the queue of the backend's jobs"), await WhyAsync(request, "first"));
        Assert.Equal((WaitReason.Dependencies, "Waiting for first"), await WhyAsync(request, "second"));
    }

    [Theory]
    [InlineData(BackendMode.Paused, WaitReason.BackendPaused, "The backend is paused; the job starts when it resumes: back at noon")]
    [InlineData(BackendMode.Draining, WaitReason.BackendDraining, "The backend is about to stop and starts no new jobs: back at noon")]
    [InlineData(BackendMode.DatabaseMaintenance, WaitReason.DatabaseMaintenance, "Waiting for the backend's database maintenance to end: back at noon")]
    public async Task The_mode_of_the_backend_is_given_with_its_message(BackendMode mode, WaitReason reason, string sentence)
    {
        await Site.OpenSessionAsync(_study.Backend);
        var request = await Site.SubmitAsync(_study, ProjectYaml.Database, "run_all");
        await Site.Database.WriteAsync((db, token) => db.Backends.ExecuteUpdateAsync(
            set => set.SetProperty(row => row.Mode, mode).SetProperty(row => row.ModeMessage, "back at noon"), token));

        Assert.Equal((reason, sentence), await WhyAsync(request, "extract"));
        Assert.Equal(mode == BackendMode.DatabaseMaintenance, (await WhyAsync(request, "other")).Reason == WaitReason.InQueue);
    }

    [Fact]
    public async Task The_queue_of_a_backend_has_whose_turn_is_next_first_and_then_what_something_else_keeps()
    {
        await Site.OpenSessionAsync(_study.Backend);
        var chain = await Site.SubmitAsync(_study, ProjectYaml.Chain, "run_all");
        var alone = await Site.SubmitAsync(_study, ProjectYaml.One, "alone");
        var elsewhere = await Site.CreateStudyAsync();
        await Site.SubmitAsync(elsewhere, ProjectYaml.One, "alone");

        var queue = await Site.Database.ReadAsync(db => QueuePlaces.OfBackendAsync(db, _study.Backend.Id, 10, Site.Now, None));

        Assert.Equal([1, 2, null, null], queue.Select(place => place.Place));
        Assert.Equal((await Site.JobAsync(chain, "first")).Id, queue[0].JobId);
        Assert.Equal((await Site.JobAsync(alone, "alone")).Id, queue[1].JobId);
        Assert.Equal(["Waiting for first", "Waiting for second"], queue.Skip(2).Select(place => place.Sentence));
        Assert.Equal(2, (await Site.Database.ReadAsync(db => QueuePlaces.OfBackendAsync(db, _study.Backend.Id, 2, Site.Now, None))).Count);
    }

    [Fact]
    public async Task Without_an_agent_the_last_contact_is_given()
    {
        var request = await Site.SubmitAsync(_study, ProjectYaml.One, "alone");
        Assert.Equal((WaitReason.NoAgentConnected, "No agent of the backend has ever connected"), await WhyAsync(request, "alone"));

        await Site.OpenSessionAsync(_study.Backend);
        Assert.Equal(WaitReason.InQueue, (await WhyAsync(request, "alone")).Reason);
        Site.Clock.Advance(TestAgent.LeaseTime);

        Assert.Equal(
            (WaitReason.NoAgentConnected, "No agent of the backend is connected; the last one was heard at 2026-03-02 09:00:00 UTC"), await WhyAsync(request, "alone"));
    }

    [Fact]
    public async Task Agents_that_take_nothing_are_not_called_full()
    {
        await Site.OpenSessionAsync(_study.Backend, databaseSlots: 0);
        var request = await Site.SubmitAsync(_study, ProjectYaml.Database, "run_all");
        Assert.Equal((WaitReason.TooHeavy, "No connected agent of the backend takes database jobs"), await WhyAsync(request, "extract"));

        await Site.Database.WriteAsync((db, token) => db.Agents.ExecuteUpdateAsync(set => set.SetProperty(row => row.Mode, AgentMode.Draining), token));

        Assert.Equal((WaitReason.NoAgentTakesJobs, "The backend's agents take no new jobs at the moment"), await WhyAsync(request, "other"));
    }

    [Fact]
    public async Task A_job_heavier_than_every_agent_does_not_wait_in_silence()
    {
        await Site.Database.AddAsync(new JobWeight { BackendId = _study.Backend.Id, Position = 1, ActionPattern = "alone", Slots = 6 });
        await Site.OpenSessionAsync(_study.Backend, standardSlots: 4);
        var request = await Site.SubmitAsync(_study, ProjectYaml.One, "alone");

        var (reason, sentence) = await WhyAsync(request, "alone");

        Assert.Equal(WaitReason.TooHeavy, reason);
        Assert.StartsWith("It needs 6 slots, and no connected agent of the backend has more than 4 for jobs", sentence, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_retry_says_when_it_may_start()
    {
        await Site.OpenSessionAsync(_study.Backend);
        var request = await Site.SubmitAsync(_study, ProjectYaml.One, "alone");
        DateTimeOffset? at = Site.Now.AddMinutes(1);
        await Site.Database.WriteAsync((db, token) => db.Jobs.ExecuteUpdateAsync(set => set.SetProperty(job => job.NotBefore, at), token));

        Assert.Equal((WaitReason.NotBefore, "The next attempt starts not before 2026-03-02 09:01:00 UTC"), await WhyAsync(request, "alone"));
    }

    [Fact]
    public async Task Full_agents_leave_a_place_in_the_queue_of_the_kind()
    {
        var agent = await Site.OpenSessionAsync(_study.Backend, standardSlots: 1);
        var request = await Site.SubmitAsync(_study, ProjectYaml.Wide(13), "run_all");
        await agent.ClaimOneAsync();

        Assert.False((await PlacesAsync(request)).ContainsKey((await Site.JobAsync(request, "a00")).Id));
        Assert.Equal("Next in the queue of the backend's jobs", (await WhyAsync(request, "a01")).Sentence);
        Assert.Equal("2nd in the queue of the backend's jobs", (await WhyAsync(request, "a02")).Sentence);
        Assert.Equal("3rd in the queue of the backend's jobs", (await WhyAsync(request, "a03")).Sentence);
        Assert.Equal("12th in the queue of the backend's jobs", (await WhyAsync(request, "a12")).Sentence);
    }

    private Task<IReadOnlyDictionary<string, QueuePlace>> PlacesAsync(int request) =>
        Site.Database.ReadAsync(db => QueuePlaces.FindAsync(db, request, Site.Now, None));

    private async Task<(WaitReason Reason, string Sentence)> WhyAsync(int request, string action)
    {
        var place = (await PlacesAsync(request))[(await Site.JobAsync(request, action)).Id];
        return (place.Reason, place.Sentence);
    }
}
