using System.Globalization;
using System.Net;
using System.Text;
using JobServer.Domain.Workspaces;
using JobServer.Portal.Pages.Runs;
using JobServer.Portal.Tests.Applications;
using JobServer.Portal.Tests.CodeHosts;
using JobServer.Portal.Tests.Releases;
using JobServer.TestCommon;

namespace JobServer.Portal.Tests.Pages;

/// <summary>Pages with as much on them as a large study puts there still come quickly over a slow line.</summary>
public sealed class HeavyPageBudgetTests
{
    private const int Actions = 60;
    private const string RunAll = Domain.Pipelines.Pipeline.RunAll;

    [Fact]
    public async Task Runs_of_a_large_pipeline_fit_on_their_pages()
    {
        using var code = new GitRepositoryFolder();
        code.Commit("project.yaml", Pipeline(Actions));
        await using var site = await PortalSite.StartAsync(new Dictionary<string, string?>
        {
            ["CodeHosts:Local:Root"] = code.Root,
            ["CodeHosts:Local:Address"] = "https://demo.local",
        });
        var study = await StudySite.MakeAsync(site);
        var number = await site.Data.SubmitAsync(study.Study, Pipeline(Actions), RunAll);
        for (var i = 1; i < RunTable.PageSize; i++)
        {
            var workspace = await site.Data.CreateWorkspaceAsync(study.Study.Project, study.Study.Developer);
            await site.Data.SubmitAsync(study.Study with { Workspace = workspace }, Pipeline(RunRow.MostJobs + 1), RunAll);
        }

        await site.Data.Database.AddAsync(new Workspace
        {
            ProjectId = study.Study.Project.Id,
            Slug = "large",
            Repository = "https://demo.local/studies/asthma-reviews",
            Branch = "main",
            CreatedAt = site.Data.Now,
            CreatedById = study.Study.Developer.Id,
        });
        var person = await site.SignInAsync(study.Study.Developer);
        var visitor = site.NewBrowser();

        foreach (var address in new[] { "/", "/event-log", $"{study.Workspace}/{number}" })
        {
            await FirstLoadBudget.AssertAsync(person, address);
            await FirstLoadBudget.AssertAsync(visitor, address);
        }

        var runJobs = await person.PageAsync($"{study.Project}/large/run-jobs");
        Assert.Equal(Actions + 1, runJobs.QuerySelectorAll("input[name=actions]").Length);
        await FirstLoadBudget.AssertAsync(person, $"{study.Project}/large/run-jobs");
    }

    [Fact]
    public async Task Every_page_of_an_application_is_within_the_budget()
    {
        await using var site = await PortalSite.StartAsync();
        var applicant = await Applicant.StartAsync(site);
        await applicant.FillAsync();
        var tasks = await applicant.Browser.PageAsync(applicant.Address);
        var pages = tasks.QuerySelectorAll("main a").Select(link => link.GetAttribute("href")!)
            .Where(address => address.StartsWith(applicant.Address, StringComparison.Ordinal)).Distinct(StringComparer.Ordinal).ToList();
        Assert.True(pages.Count > 10, $"The application has {pages.Count} pages.");

        foreach (var address in pages.Append(applicant.Address).Append($"{applicant.Address}/confirmation"))
        {
            await FirstLoadBudget.AssertAsync(applicant.Browser, address);
        }
    }

    [Fact]
    public async Task Files_of_any_size_and_shape_are_shown_within_the_budget()
    {
        var random = new Random(7);
        await using var site = await ReleasesSite.StartAsync();
        string Table(int columns, Func<string> cell) => string.Concat(
            Enumerable.Range(0, 5_000).Select(_ => string.Join(',', Enumerable.Range(0, columns).Select(_ => cell())) + "\n"));
        var text = new byte[300_000];
        random.NextBytes(text);
        var release = await site.ReleaseAsync(
            ("output/numbers.csv", Table(12, () => random.NextDouble().ToString("F6", CultureInfo.InvariantCulture))),
            ("output/wide.csv", Table(190, () => random.Next(10).ToString(CultureInfo.InvariantCulture))),
            ("output/text.txt", Convert.ToBase64String(text)),
            ("output/numbers.json", "[" + string.Join(',', Enumerable.Range(0, 8_000).Select(_ => random.Next())) + "]"));
        var browser = await site.SignInAsync(site.Study.Developer);

        foreach (var file in release.Files)
        {
            var address = $"{site.Address}/releases/{release.Id}?file={file.Id}";
            var shown = await browser.PageAsync(address);
            Assert.True(shown.QuerySelector(".viewer-file")!.TextContent.Length > 20_000, $"Of {file.Path} little is shown.");
            await FirstLoadBudget.AssertAsync(browser, address);
        }

        var table = await browser.PageAsync($"{site.Address}/releases/{release.Id}?file={release.Files[0].Id}");
        Assert.Matches(@"Rows 1 to \d+ of 4,999, 12 columns", table.QuerySelector("caption")!.TextContent);
        Assert.Contains(table.QuerySelectorAll("tbody tr").Length.ToString("N0", CultureInfo.InvariantCulture), table.QuerySelector("caption")!.TextContent, StringComparison.Ordinal);
    }

    private static string Pipeline(int actions)
    {
        var yaml = new StringBuilder("version: '3.0'\nactions:\n");
        for (var number = 0; number < actions; number++)
        {
            yaml.Append(CultureInfo.InvariantCulture, $"""
                  tabulate_cohort_{number:D2}_by_region:
                    run: python:v2 python analysis/tabulate_cohort.py --region {number} --output output/cohort_{number:D2}.csv
                    needs: [{(number == 0 ? "" : $"tabulate_cohort_{number - 1:D2}_by_region")}]
                    outputs:
                      moderately_sensitive:
                        table: output/cohort_{number:D2}.csv

                """);
        }

        return yaml.ToString();
    }
}
