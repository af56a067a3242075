using System.Net;
using JobServer.Data.Jobs;
using JobServer.Domain.Access;
using JobServer.Domain.Backends;
using JobServer.Domain.Jobs;
using JobServer.Outputs.Disclosure;
using JobServer.Portal.Tests.Pages;
using JobServer.TestCommon;
using Microsoft.EntityFrameworkCore;

namespace JobServer.Portal.Tests.Releases;

public sealed class UnreleasedPageTests
{
    private static readonly Finding Small = new() { Rule = "N1", Severity = Severity.Fail, Row = 3, Column = 2, Message = "a count below 10" };

    private const string Yaml = """
        version: "3.0"
        actions:
          alone:
            run: python:latest alone.py
            outputs:
              moderately_sensitive:
                small: output/small.csv
                released: output/released.csv
                large: output/large.csv
                first: output/first.csv
                second: output/second.csv
                any: figures/*.csv
        """;

    [Fact]
    public async Task Files_that_were_held_back_are_named_with_what_was_found_and_how_to_mend_it()
    {
        await using var site = await PortalSite.StartAsync();
        var study = await StudyAsync(site, ReleasePolicy.Automatic);
        await RunAsync(site, study, async (agent, job) =>
        [
            await agent.UploadAsync(job, "output/small.csv", "group,count\nmen,3\n", [Small]),
            await agent.UploadAsync(job, "output/released.csv"),
            await agent.OutputAsync(job, "output/large.csv", OutputDisposition.Excluded),
        ]);
        var developer = await site.SignInAsync(study.Study.Developer);

        var page = await developer.PageAsync(study.Workspace + "/outputs/unreleased");

        var text = page.QuerySelector("main")!.TextContent;
        Assert.Contains("output/small.csv", text);
        Assert.Contains("row 3, column 2: a count below 10", text);
        Assert.Contains("[REDACTED]", text);
        Assert.Contains("It has more than 5,000 rows.", text);
        Assert.DoesNotContain("output/released.csv", text);
        Assert.Contains("Unreleased files", (await developer.PageAsync(study.Workspace + "/releases")).QuerySelector("main")!.TextContent);
    }

    [Fact]
    public async Task Only_what_the_last_run_of_an_action_made_is_listed()
    {
        await using var site = await PortalSite.StartAsync();
        var study = await StudyAsync(site, ReleasePolicy.Reviewed);
        await RunAsync(site, study, async (agent, job) => [await agent.UploadAsync(job, "output/first.csv")]);
        await RunAsync(site, study, async (agent, job) => [await agent.UploadAsync(job, "output/second.csv")]);
        var developer = await site.SignInAsync(study.Study.Developer);

        var text = (await developer.PageAsync(study.Workspace + "/outputs/unreleased")).QuerySelector("main")!.TextContent;

        Assert.Contains("output/second.csv", text);
        Assert.DoesNotContain("output/first.csv", text);
    }

    [Fact]
    public async Task Under_the_automatic_policy_too_the_page_of_a_job_keeps_a_name_that_the_action_chose_until_its_release()
    {
        await using var site = await PortalSite.StartAsync();
        var study = await StudyAsync(site, ReleasePolicy.Automatic);
        await RunAsync(site, study, async (agent, job) =>
        [
            await agent.UploadAsync(job, "output/small.csv", "group,count\nmen,3\n", [Small]),
            await agent.UploadAsync(job, "figures/named_after_a_patient.csv", "group,count\nmen,3\n", [Small]),
            await agent.OutputAsync(job, "figures/excluded_patient.csv", OutputDisposition.Excluded),
        ]);
        var job = await site.Data.Database.ReadAsync(db => db.Jobs.SingleAsync());
        var checker = await site.Data.CreateUserAsync(Role.OutputChecker);

        var text = (await (await site.SignInAsync(study.Study.Developer)).PageAsync($"{study.Workspace}/{job.JobRequestId}/{job.Id}")).QuerySelector("main")!.TextContent;
        Assert.Contains("output/small.csv", text);
        Assert.DoesNotContain("patient", text);
        var address = $"{study.Workspace}/{job.JobRequestId}/{job.Id}";
        Assert.Contains("named_after_a_patient", (await (await site.SignInAsync(checker)).PageAsync(address)).QuerySelector("main")!.TextContent);
        await site.Data.AddMemberAsync(study.Study.Project, checker, Role.ProjectCollaborator);
        Assert.DoesNotContain("patient", (await (await site.SignInAsync(checker)).PageAsync(address)).QuerySelector("main")!.TextContent);
    }

    [Fact]
    public async Task A_name_that_an_action_chose_itself_waits_for_the_release()
    {
        await using var site = await PortalSite.StartAsync();
        var study = await StudyAsync(site, ReleasePolicy.Reviewed);
        await RunAsync(site, study, async (agent, job) => [await agent.UploadAsync(job, "figures/named_after_a_patient.csv")]);
        var developer = await site.SignInAsync(study.Study.Developer);

        var html = (await developer.PageAsync(study.Workspace + "/outputs/unreleased")).QuerySelector("main")!.OuterHtml;

        Assert.Contains("figures/*.csv", html);
        Assert.DoesNotContain("patient", html);
    }

    [Fact]
    public async Task Nobody_else_learns_what_a_project_made_and_did_not_release()
    {
        await using var site = await PortalSite.StartAsync();
        var study = await StudyAsync(site, ReleasePolicy.Reviewed);
        var other = await site.SignInAsync(await site.Data.CreateUserAsync("other", Role.ProjectCollaborator));

        Assert.Equal(HttpStatusCode.Forbidden, (await other.GetAsync(study.Workspace + "/outputs/unreleased")).StatusCode);
        Assert.NotEqual(HttpStatusCode.OK, (await site.NewBrowser().GetAsync(study.Workspace + "/outputs/unreleased")).StatusCode);
    }

    private static async Task<StudySite> StudyAsync(PortalSite site, ReleasePolicy policy)
    {
        var study = await StudySite.MakeAsync(site);
        await site.Data.Database.WriteAsync((db, token) => db.Backends.ExecuteUpdateAsync(set => set.SetProperty(row => row.ReleasePolicy, policy), token));
        return study;
    }

    private static async Task RunAsync(PortalSite site, StudySite study, Func<TestAgent, ClaimedJob, Task<OutputFile[]>> files)
    {
        var agent = await site.Data.OpenSessionAsync(study.Study.Backend);
        await site.Data.SubmitAsync(study.Study, Yaml, "alone");
        var job = await agent.ClaimOneAsync();
        await agent.SucceedAsync(job, await files(agent, job));
    }
}
