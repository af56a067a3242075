using JobServer.Data.Jobs;
using JobServer.Domain.Backends;
using JobServer.TestCommon;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace JobServer.Data.Tests.Jobs;

public sealed class FairShareTests : SiteTest
{
    private TestStudy _study = null!;

    public override async Task InitializeAsync()
    {
        await base.InitializeAsync();
        _study = await Site.CreateStudyAsync();
    }

    [Fact]
    public async Task A_project_of_twice_the_weight_gets_twice_the_slots()
    {
        var other = await OtherProjectAsync(weight: 2);
        await Site.SubmitAsync(_study, ProjectYaml.Wide(12), "run_all");
        await Site.SubmitAsync(other, ProjectYaml.Wide(12), "run_all");
        var agent = await Site.OpenSessionAsync(_study.Backend, standardSlots: 9);

        var claimed = await agent.ClaimAsync();

        Assert.Equal((3, 6), (CountOf(claimed, _study), CountOf(claimed, other)));
    }

    [Fact]
    public async Task A_thousand_jobs_of_one_project_do_not_starve_the_single_job_of_another()
    {
        await Site.SubmitAsync(_study, ProjectYaml.Wide(1000), "run_all");
        var agent = await Site.OpenSessionAsync(_study.Backend, standardSlots: 4);
        var claimed = await agent.ClaimAsync();
        Assert.Equal(4, claimed.Count);
        var other = await OtherProjectAsync();
        var request = await Site.SubmitAsync(other, ProjectYaml.One, "alone");
        Assert.Equal(1, (await PlacesAsync(request)).Single().Place);

        await agent.FailAsync(claimed[0]);

        Assert.Equal("alone", (await agent.ClaimOneAsync()).Action);
    }

    [Fact]
    public async Task People_of_a_project_share_and_so_do_the_workspaces_of_a_person()
    {
        var colleague = await Site.CreateUserAsync();
        await Site.AddToBackendAsync(_study.Backend, colleague);
        var theirs = _study with { Developer = colleague, Workspace = await Site.CreateWorkspaceAsync(_study.Project, colleague) };
        var second = _study with { Workspace = await Site.CreateWorkspaceAsync(_study.Project, _study.Developer) };
        await Site.SubmitAsync(_study, ProjectYaml.Wide(9), "run_all");
        await Site.SubmitAsync(second, ProjectYaml.Wide(9), "run_all");
        await Site.SubmitAsync(theirs, ProjectYaml.Wide(9), "run_all");
        var agent = await Site.OpenSessionAsync(_study.Backend, standardSlots: 8);

        var claimed = await agent.ClaimAsync();

        Assert.Equal((2, 2, 4), (CountOf(claimed, _study), CountOf(claimed, second), CountOf(claimed, theirs)));
    }

    [Fact]
    public async Task What_runs_already_counts()
    {
        await Site.SubmitAsync(_study, ProjectYaml.Wide(9), "run_all");
        var first = await Site.OpenSessionAsync(_study.Backend, "agent-1", standardSlots: 3);
        Assert.Equal(3, (await first.ClaimAsync()).Count);
        var other = await OtherProjectAsync();
        await Site.SubmitAsync(other, ProjectYaml.Wide(9), "run_all");
        var second = await Site.OpenSessionAsync(_study.Backend, "agent-2", standardSlots: 5);

        var claimed = await second.ClaimAsync();

        Assert.Equal((1, 4), (CountOf(claimed, _study), CountOf(claimed, other)));
    }

    [Fact]
    public async Task Database_jobs_that_run_take_nothing_from_the_share_of_other_jobs()
    {
        await Site.SubmitAsync(_study, ProjectYaml.Database, "run_all");
        var agent = await Site.OpenSessionAsync(_study.Backend, standardSlots: 0, databaseSlots: 1);
        await agent.ClaimOneAsync();
        var other = await OtherProjectAsync();
        await Site.SubmitAsync(other, ProjectYaml.One, "alone");
        var second = await Site.OpenSessionAsync(_study.Backend, "agent-2", standardSlots: 1);

        Assert.Equal("other", (await second.ClaimOneAsync()).Action);
    }

    [Fact]
    public async Task A_job_waits_for_its_time()
    {
        var request = await Site.SubmitAsync(_study, ProjectYaml.One, "alone");
        var agent = await Site.OpenSessionAsync(_study.Backend);
        DateTimeOffset? at = Site.Now.AddMinutes(1);
        await Site.Database.WriteAsync((db, token) => db.Jobs.ExecuteUpdateAsync(set => set.SetProperty(job => job.NotBefore, at), token));

        Assert.Empty(await agent.ClaimAsync());
        Assert.Empty(await Site.Get<JobClaims>().ReadyAsync([_study.Backend.Id], None));
        Site.Clock.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal((_study.Backend.Id, false), Assert.Single(await Site.Get<JobClaims>().ReadyAsync([_study.Backend.Id], None)));
        await agent.ClaimOneAsync();
        Assert.Null((await Site.JobAsync(request, "alone")).NotBefore);
    }

    [Fact]
    public async Task A_heavy_job_takes_its_slots_and_is_not_passed_for_ever_by_light_ones()
    {
        await WeighAsync("a00", slots: 3);
        await Site.SubmitAsync(_study, ProjectYaml.Wide(4), "a03");
        await Site.SubmitAsync(_study, ProjectYaml.Wide(4), "a00");
        await Site.SubmitAsync(_study, ProjectYaml.Wide(4), "a01", "a02");
        var agent = await Site.OpenSessionAsync(_study.Backend, standardSlots: 3);

        var light = await agent.ClaimOneAsync();
        Assert.Equal("a03", light.Action);
        await agent.FailAsync(light);
        var heavy = await agent.ClaimOneAsync();
        Assert.Equal(("a00", 3), (heavy.Action, heavy.Slots));
        Assert.Empty(await agent.ClaimAsync());
        await agent.FailAsync(heavy);
        Assert.Equal(2, (await agent.ClaimAsync()).Count);
    }

    [Fact]
    public async Task A_job_heavier_than_the_agent_is_left_to_another_and_holds_up_nobody()
    {
        await WeighAsync("a00", slots: 4);
        await Site.SubmitAsync(_study, ProjectYaml.Wide(2), "a00");
        await Site.SubmitAsync(_study, ProjectYaml.Wide(2), "a01");
        var small = await Site.OpenSessionAsync(_study.Backend, "small", standardSlots: 2);
        var large = await Site.OpenSessionAsync(_study.Backend, "large", standardSlots: 4);

        Assert.Equal("a01", (await small.ClaimOneAsync()).Action);
        Assert.Equal("a00", (await large.ClaimOneAsync()).Action);
    }

    [Theory]
    [InlineData("a0*", null, 3, 3)]
    [InlineData("*", null, 2, 2)]
    [InlineData("*0*", null, 2, 2)]
    [InlineData("A01", null, 2, 1)]
    [InlineData("a0", null, 2, 1)]
    [InlineData("a0?", null, 2, 1)]
    [InlineData("*1", "elsewhere", 2, 1)]
    [InlineData("*1", "HERE", 2, 2)]
    [InlineData("**1*", null, 0, 1)]
    public async Task The_weight_of_an_action_is_set_when_it_is_submitted(string pattern, string? workspace, int slots, int expected)
    {
        var here = _study with { Workspace = await Site.CreateWorkspaceAsync(_study.Project, _study.Developer, "here") };
        await WeighAsync("b*", slots: 9);
        await WeighAsync(pattern, slots, workspace, position: 2);
        await WeighAsync("a*", slots: 1, position: 3);

        var request = await Site.SubmitAsync(here, ProjectYaml.Wide(2), "a01");

        Assert.Equal(expected, (await Site.JobAsync(request, "a01")).Slots);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public async Task The_place_in_the_queue_is_the_order_of_the_claims(int seed)
    {
        var random = new Random(seed);
        await WeighAsync("a*1", slots: 2);
        var studies = new List<TestStudy> { _study };
        for (var number = 0; number < 3; number++)
        {
            var other = await OtherProjectAsync(weight: random.Next(1, 4));
            studies.Add(other);
            studies.Add(other with { Workspace = await Site.CreateWorkspaceAsync(other.Project, other.Developer) });
        }

        var requests = new List<int>();
        foreach (var study in studies.Concat(studies).OrderBy(_ => random.Next()))
        {
            var actions = Enumerable.Range(0, 12).Select(number => $"a{number:D2}").OrderBy(_ => random.Next()).Take(random.Next(1, 6)).ToArray();
            if (await Site.TrySubmitAsync(study, ProjectYaml.Wide(12), actions) is SubmitOutcome.Submitted submitted)
            {
                requests.Add(submitted.RequestId);
            }
        }

        var agent = await Site.OpenSessionAsync(_study.Backend, standardSlots: 200);
        Assert.NotEmpty(await agent.ClaimAsync(standard: 5));
        var places = new List<QueuePlace>();
        foreach (var request in requests)
        {
            places.AddRange(await PlacesAsync(request));
        }

        var order = new List<string>();
        while (await agent.ClaimAsync(standard: random.Next(2, 5)) is { Count: > 0 } claimed)
        {
            order.AddRange(claimed.Select(job => job.JobId));
        }

        Assert.NotEmpty(order);
        Assert.Equal(order, places.OrderBy(place => place.Place).Select(place => place.JobId));
        Assert.Equal(Enumerable.Range(1, order.Count), places.Select(place => place.Place!.Value).Order());
    }

    private static int CountOf(IReadOnlyList<ClaimedJob> claimed, TestStudy study) => claimed.Count(job => job.Workspace == study.Workspace.Slug);

    private async Task<List<QueuePlace>> PlacesAsync(int request) =>
        [.. (await Site.Database.ReadAsync(db => QueuePlaces.FindAsync(db, request, Site.Now, None))).Values];

    private Task<JobWeight> WeighAsync(string pattern, int slots, string? workspace = null, int position = 1) => Site.Database.AddAsync(
        new JobWeight { BackendId = _study.Backend.Id, Position = position, ActionPattern = pattern, Slots = slots, Workspace = workspace });

    private async Task<TestStudy> OtherProjectAsync(int weight = 1)
    {
        var person = await Site.CreateUserAsync();
        await Site.AddToBackendAsync(_study.Backend, person);
        var project = await Site.CreateProjectAsync();
        await Site.Database.WriteAsync((db, token) => db.Projects.Where(row => row.Id == project.Id)
            .ExecuteUpdateAsync(set => set.SetProperty(row => row.Weight, weight), token));
        return _study with { Project = project, Developer = person, Workspace = await Site.CreateWorkspaceAsync(project, person) };
    }
}
