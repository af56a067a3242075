using JobServer.Data.Jobs;
using JobServer.Domain.Audit;
using JobServer.Domain.Jobs;
using JobServer.TestCommon;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace JobServer.Data.Tests.Jobs;

public sealed class SubmitTests : SiteTest
{
    private Task<int> CountAsync<T>()
        where T : class => Site.Database.ReadAsync(db => db.Set<T>().CountAsync());

    [Fact]
    public async Task Jobs_are_kept_in_an_order_in_which_they_can_run()
    {
        var study = await Site.CreateStudyAsync();
        var request = await Site.SubmitAsync(study, ProjectYaml.Chain, "third");

        var jobs = await Site.Database.ReadAsync(db => db.Jobs.Include(job => job.Needs).OrderBy(job => job.Position).ToListAsync());
        Assert.Equal(["first", "second", "third"], jobs.Select(job => job.Action));
        Assert.Equal([JobStatusCode.Created, JobStatusCode.WaitingOnDependencies, JobStatusCode.WaitingOnDependencies], jobs.Select(job => job.StatusCode));
        Assert.Equal(jobs[1].Id, Assert.Single(jobs[2].Needs).NeededJobId);
        Assert.Equal(["python", "analysis/third.py"], jobs[2].Arguments);
        var row = await Site.RequestAsync(request);
        Assert.Equal((JobRequestState.Pending, 3), (row.State, row.PendingJobs));
        Assert.Equal(3, await CountAsync<JobEvent>());
        Assert.Equal(AuditAct.JobsSubmitted, (await Site.Database.ReadAsync(db => db.AuditEntries.SingleAsync())).Act);
    }

    [Fact]
    public async Task A_request_with_nothing_to_do_is_kept_and_says_why()
    {
        var study = await Site.CreateStudyAsync();
        await Site.SubmitAsync(study, ProjectYaml.One, "alone");

        var nothing = Assert.IsType<SubmitOutcome.NothingToDo>(await Site.TrySubmitAsync(study, ProjectYaml.One, "alone"));

        var row = await Site.RequestAsync(nothing.RequestId);
        Assert.Equal((JobRequestState.NothingToDo, 0), (row.State, row.JobCount));
        Assert.Equal("All requested actions are already scheduled or running.", row.StatusMessage);
        Assert.Equal(1, await CountAsync<Job>());
    }

    [Fact]
    public async Task Submits_at_once_to_one_workspace_make_each_action_once()
    {
        var study = await Site.CreateStudyAsync();

        var outcomes = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(() => Site.TrySubmitAsync(study, ProjectYaml.Chain, "run_all"))));

        Assert.Single(outcomes.OfType<SubmitOutcome.Submitted>());
        Assert.Equal(7, outcomes.OfType<SubmitOutcome.NothingToDo>().Count());
        Assert.Equal(3, await CountAsync<Job>());
    }

    [Fact]
    public async Task A_person_outside_the_backend_cannot_submit()
    {
        var study = await Site.CreateStudyAsync();
        var stranger = await Site.CreateUserAsync();

        Assert.IsType<SubmitOutcome.NotABackendMember>(
            await Site.TrySubmitAsync(study, ProjectYaml.One, command => command with { UserId = stranger.Id }, "alone"));
        Assert.Equal(0, await CountAsync<JobRequest>());
    }

    [Fact]
    public async Task An_archived_workspace_takes_no_request()
    {
        var study = await Site.CreateStudyAsync();
        await Site.Database.WriteAsync((db, token) => db.Workspaces.ExecuteUpdateAsync(set => set.SetProperty(row => row.IsArchived, true), token));

        Assert.IsType<SubmitOutcome.WorkspaceArchived>(await Site.TrySubmitAsync(study, ProjectYaml.One, "alone"));
        Assert.Equal(0, await CountAsync<JobRequest>());
    }

    [Fact]
    public async Task An_action_that_the_project_does_not_have_is_refused_by_name()
    {
        var study = await Site.CreateStudyAsync();

        var refused = Assert.IsType<SubmitOutcome.Refused>(await Site.TrySubmitAsync(study, ProjectYaml.One, "Alone"));

        Assert.Contains("Alone", refused.Message, StringComparison.Ordinal);
        Assert.Equal(0, await CountAsync<JobRequest>());
    }

    [Fact]
    public async Task What_still_runs_is_waited_for_and_what_succeeded_is_used()
    {
        var study = await Site.CreateStudyAsync();
        var agent = await Site.OpenSessionAsync(study.Backend);
        await Site.SubmitAsync(study, ProjectYaml.Chain, "second");
        await agent.SucceedAsync(await agent.ClaimOneAsync());
        var second = await agent.ClaimOneAsync();
        await agent.StartAsync(second);

        var request = await Site.SubmitAsync(study, ProjectYaml.Chain, "third");

        var third = await Site.JobAsync(request, "third");
        Assert.Equal(JobStatusCode.WaitingOnDependencies, third.StatusCode);
        Assert.Equal(second.JobId, Assert.Single(third.Needs).NeededJobId);
        Assert.Equal(1, (await Site.RequestAsync(request)).JobCount);
    }

    [Fact]
    public async Task A_cancelled_job_does_not_hide_the_success_before_it()
    {
        var study = await Site.CreateStudyAsync();
        var agent = await Site.OpenSessionAsync(study.Backend);
        await Site.SubmitAsync(study, ProjectYaml.Chain, "first");
        var first = await agent.ClaimOneAsync();
        await agent.SucceedAsync(first);
        var again = await Site.SubmitAsync(study, ProjectYaml.Chain, "first");
        await Site.Get<JobCancellations>().CancelRequestAsync(again, study.Developer.Id, None);

        var request = await Site.SubmitAsync(study, ProjectYaml.Chain, "second");

        Assert.Equal(first.JobId, Assert.Single((await Site.JobAsync(request, "second")).Needs).NeededJobId);
    }

    [Fact]
    public async Task Results_at_another_backend_do_not_count()
    {
        var study = await Site.CreateStudyAsync();
        var agent = await Site.OpenSessionAsync(study.Backend);
        await Site.SubmitAsync(study, ProjectYaml.Chain, "first");
        await agent.SucceedAsync(await agent.ClaimOneAsync());
        var elsewhere = await Site.CreateBackendAsync();
        await Site.AddToBackendAsync(elsewhere, study.Developer);

        var request = await Site.SubmitAsync(study with { Backend = elsewhere }, ProjectYaml.Chain, "second");

        Assert.Equal(2, (await Site.RequestAsync(request)).JobCount);
    }
}
