using AngleSharp.Html.Dom;
using JobServer.Portal.Tests.CodeHosts;
using JobServer.TestCommon;

namespace JobServer.Portal.Tests.Runs;

public sealed class ReusableActionTests
{
    private const string Tagged = "abcdefabcdefabcdefabcdefabcdefabcdefabcd";

    private const string Study = """
        version: '3.0'
        actions:
          fit:
            run: regress:v1 --formula y~x
            config: {model: cox}
            outputs:
              moderately_sensitive:
                table: output/fit.csv
          plot:
            run: regress:v1 --plot
            outputs:
              moderately_sensitive:
                table: output/plot.csv
          own:
            run: python:v2 python analysis/own.py
            outputs:
              moderately_sensitive:
                table: output/own.csv
        """;

    [RequiresProgram("git")]
    public async Task A_reusable_action_runs_the_code_of_its_tag_with_the_words_of_its_own_file_first()
    {
        await using var gitHub = await FakeGitHub.StartAsync();
        Offer(gitHub);
        await using var site = await StartAsync(gitHub);
        using var dora = await site.DeveloperAsync();

        await SubmitAsync(dora, site, "run_all");

        var (fit, plot, own) = (await site.Data.JobAsync(1, "fit"), await site.Data.JobAsync(1, "plot"), await site.Data.JobAsync(1, "own"));
        Assert.Equal(("r", "v2"), (fit.Image, fit.ImageVersion));
        Assert.Equal(["analysis/regress.R", "--formula", "y~x", "--config", "{\"model\": \"cox\"}"], fit.Arguments);
        Assert.Equal((Tagged, "https://github.com/MediciaAI/regress"), (fit.ReusableCommit, fit.ReusableRepository));
        Assert.Equal(3, fit.ReusableSize);
        Assert.Equal(fit.ReusableDigest, plot.ReusableDigest);
        Assert.Equal((null, null, "python"), (own.ReusableDigest, own.ReusableCommit, own.Image));
        Assert.Equal([$"regress@{Tagged}"], gitHub.Downloads);

        var agent = await site.Data.OpenSessionAsync(site.Study.Backend);
        var claimed = (await agent.ClaimAsync()).ToDictionary(job => job.Action, StringComparer.Ordinal);
        Assert.Equal((fit.ReusableDigest, 3L, Tagged), (claimed["fit"].SourceDigest, claimed["fit"].SourceSize, claimed["fit"].Commit));
        Assert.Equal((await site.Data.RequestAsync(1)).SourceDigest, claimed["own"].SourceDigest);
        var outputs = site.Data.Get<JobServer.Data.Jobs.OutputCommits>();
        Assert.True(await outputs.MayFetchAsync(agent.HolderOf(claimed["fit"]), fit.ReusableDigest!, CancellationToken.None));
        Assert.False(await outputs.MayFetchAsync(agent.HolderOf(claimed["fit"]), claimed["own"].SourceDigest, CancellationToken.None));
    }

    [RequiresProgram("git")]
    public async Task Each_check_that_fails_says_which_action_and_why_and_nothing_is_submitted()
    {
        await using var gitHub = await FakeGitHub.StartAsync();
        await using var site = await StartAsync(gitHub);
        using var dora = await site.DeveloperAsync();

        Assert.Contains("there is neither an image of this site nor a repository https://github.com/MediciaAI/regress", await RefusalAsync());
        gitHub.Public.Add("regress");
        Assert.Contains("'v1' is not a tag of https://github.com/MediciaAI/regress", await RefusalAsync());
        gitHub.Tags["regress:v1"] = Tagged;
        Assert.Contains("not yet approved: its commit is not on branch 'main'", await RefusalAsync());
        gitHub.Tags["regress:v1"] = FakeGitHub.Sha;
        Assert.Contains("does not look like a valid action: it has no action.yaml", await RefusalAsync());
        gitHub.Files["regress/action.yaml"] = "run: perl:v1 x.pl";
        Assert.Contains("its action.yaml is invalid: it runs \"perl\", which is none of the site's images. Please open an issue", await RefusalAsync());
        gitHub.Files["regress/action.yaml"] = "run: databuilder:v1 generate_dataset";
        Assert.Contains("it asks the database", await RefusalAsync());
        Assert.Empty(await site.RequestsAsync());

        async Task<string> RefusalAsync()
        {
            using var response = await SubmitAsync(dora, site, "fit");
            var text = PortalSite.Parse(await response.Content.ReadAsStringAsync()).QuerySelector(".error-summary")!.TextContent;
            Assert.Contains("In 'fit: regress:v1': ", text);
            return text;
        }
    }

    [RequiresProgram("git")]
    public async Task What_runs_already_is_not_looked_up_again()
    {
        await using var gitHub = await FakeGitHub.StartAsync();
        Offer(gitHub);
        await using var site = await StartAsync(gitHub);
        using var dora = await site.DeveloperAsync();
        await SubmitAsync(dora, site, "fit");
        gitHub.Public.Clear();

        using var response = await SubmitAsync(dora, site, "own");

        Assert.Equal(site.Address + "/2", response.Headers.Location?.ToString());
    }

    [RequiresProgram("git")]
    public async Task A_site_that_does_not_allow_them_leaves_the_image_to_its_backends()
    {
        await using var site = await RunsSite.StartAsync(Study);
        using var dora = await site.DeveloperAsync();

        await SubmitAsync(dora, site, "fit");

        var job = await site.Data.JobAsync(1, "fit");
        Assert.Equal(("regress", "v1", null), (job.Image, job.ImageVersion, job.ReusableDigest));
    }

    private static void Offer(FakeGitHub gitHub)
    {
        gitHub.Public.Add("regress");
        gitHub.Tags["regress:v1"] = Tagged;
        gitHub.Approved.Add(Tagged);
        gitHub.Files["regress/action.yaml"] = "run: r:v2 analysis/regress.R";
    }

    private static Task<RunsSite> StartAsync(FakeGitHub gitHub) => RunsSite.StartAsync(
        Study,
        ("CodeHosts:GitHub:ApiAddress", gitHub.Address),
        ("Portal:ReusableActions:Enabled", "true"),
        ("Portal:ReusableActions:BaseAddress", "https://github.com/MediciaAI/"));

    private static async Task<HttpResponseMessage> SubmitAsync(WebVisitor visitor, RunsSite site, string action)
    {
        var page = await visitor.PageAsync(site.Address + "/run-jobs/");
        return await visitor.SubmitAsync(page.QuerySelectorAll("main form").OfType<IHtmlFormElement>().Single(), "", ("actions", action));
    }
}
