using JobServer.Data.Blobs;
using JobServer.Domain.Jobs;
using JobServer.Domain.Pipelines;
using JobServer.Portal.Jobs;
using Microsoft.EntityFrameworkCore;

namespace JobServer.EndToEnd.Tests;

/// <summary>What a researcher reads when a study cannot be submitted.</summary>
[Collection(nameof(AllInOneCollection))]
public sealed class BadInputTests(AllInOneFixture service)
{
    private static readonly Dictionary<string, string> GoodStudy = new(StringComparer.Ordinal)
    {
        ["project.yaml"] = Studies.OneAction("count", "moderately_sensitive", "output/count.txt"),
        ["count.py"] = Studies.Writing("output/count.txt", "12"),
    };

    [ServiceFact]
    public async Task A_branch_without_a_project_yaml_is_named_with_what_to_do()
    {
        var runs = new StudyRuns(service);
        await runs.MakeAsync("no-project-yaml", new Dictionary<string, string> { ["README.md"] = "A study that is yet to come." });

        var result = await runs.SubmitAsync("no-project-yaml", StudyRuns.Automatic, Pipeline.RunAll);
        Assert.IsType<JobSubmissionResult.CodeNotRead>(result);
        Assert.StartsWith("Branch 'main' has no project.yaml at its top (commit ", result.Message, StringComparison.Ordinal);

        using var researcher = await Researcher.SignInAsync(service.Site);
        var page = await researcher.ReadAsync($"{Researcher.Project}/no-project-yaml/run-jobs");
        Assert.Contains("The branch has no project.yaml", page, StringComparison.Ordinal);
        Assert.Contains(result.Message, page, StringComparison.Ordinal);
        Assert.Contains("Put a file named project.yaml at the top of the repository, commit and push it to this branch, then reload this page.", page, StringComparison.Ordinal);

        var refused = await MakeWorkspaceAsync(researcher, "no-project-yaml-2", "https://demo.local/studies/no-project-yaml", "main");
        Assert.Contains("Branch 'main' has no project.yaml at its top. Add one that names the study's actions, push it, and try again.", refused, StringComparison.Ordinal);
    }

    [ServiceFact]
    public async Task Broken_YAML_is_shown_with_its_line_and_what_is_wrong()
    {
        var runs = new StudyRuns(service);
        await runs.MakeAsync("broken-yaml", new Dictionary<string, string>
        {
            ["project.yaml"] = """
                version: '3.0'
                actions:
                  count:
                    run: "python:latest python count.py
                """,
        });

        var result = await runs.SubmitAsync("broken-yaml", StudyRuns.Automatic, Pipeline.RunAll);
        Assert.IsType<JobSubmissionResult.ProjectBroken>(result);
        Assert.StartsWith("project.yaml cannot be run: line 4: ", result.Message, StringComparison.Ordinal);

        using var researcher = await Researcher.SignInAsync(service.Site);
        var page = await researcher.ReadAsync($"{Researcher.Project}/broken-yaml/run-jobs");
        Assert.Contains("project.yaml has 1 error, so nothing can be run.", page, StringComparison.Ordinal);
        Assert.Contains("Line 4, column", page, StringComparison.Ordinal);
        Assert.Contains(result.Message["project.yaml cannot be run: line 4: ".Length..], page, StringComparison.Ordinal);
        Assert.Contains("python:latest python count.py", page, StringComparison.Ordinal);
    }

    [ServiceFact]
    public async Task All_mistakes_of_a_project_yaml_are_shown_at_once()
    {
        var runs = new StudyRuns(service);
        await runs.MakeAsync("many-mistakes", new Dictionary<string, string>
        {
            ["project.yaml"] = """
                version: '3.0'
                actions:
                  count:
                    run: python:latest python count.py
                    needs: [extract]
                    outputs:
                      moderately_sensitive:
                        table: ../count.csv
                  plot:
                    run: python
                    outputs:
                      public:
                        figure: output/plot.png
                """,
        });

        using var researcher = await Researcher.SignInAsync(service.Site);
        var page = await researcher.ReadAsync($"{Researcher.Project}/many-mistakes/run-jobs");
        Assert.Matches("project.yaml has [3-9] errors, so nothing can be run.", page);
        Assert.Contains("extract", page, StringComparison.Ordinal);
        Assert.Contains("../count.csv", page, StringComparison.Ordinal);
        Assert.Contains("public", page, StringComparison.Ordinal);
    }

    [ServiceFact]
    public async Task An_unknown_branch_is_named_with_what_to_do()
    {
        var runs = new StudyRuns(service);
        await runs.MakeAsync("unknown-branch", GoodStudy, branch: "mian");

        var result = await runs.SubmitAsync("unknown-branch", StudyRuns.Automatic, Pipeline.RunAll);
        Assert.IsType<JobSubmissionResult.CodeNotRead>(result);
        Assert.Equal("The repository has no branch 'mian'. Check its name, also upper and lower case.", result.Message);

        using var researcher = await Researcher.SignInAsync(service.Site);
        var page = await researcher.ReadAsync($"{Researcher.Project}/unknown-branch/run-jobs");
        Assert.Contains("The branch was not found", page, StringComparison.Ordinal);
        Assert.Contains(result.Message, page, StringComparison.Ordinal);
        Assert.Contains("Push the branch to the repository, or make a workspace for a branch that exists.", page, StringComparison.Ordinal);

        var refused = await MakeWorkspaceAsync(researcher, "unknown-branch-2", "https://demo.local/studies/unknown-branch", "mian");
        Assert.Contains(result.Message, refused, StringComparison.Ordinal);
        Assert.Equal(System.Net.HttpStatusCode.NotFound, await researcher.StatusAsync($"{Researcher.Project}/unknown-branch-2"));
    }

    [ServiceFact]
    public async Task An_unknown_repository_is_named_with_what_to_do()
    {
        using var researcher = await Researcher.SignInAsync(service.Site);
        var refused = await MakeWorkspaceAsync(researcher, "unknown-repository", "https://demo.local/studies/no-such-study", "main");
        Assert.Contains("There is no repository at https://demo.local/studies/no-such-study. Check the address.", refused, StringComparison.Ordinal);
    }

    [ServiceFact]
    public async Task An_unknown_action_is_named_and_makes_no_request()
    {
        var runs = new StudyRuns(service);
        await runs.MakeAsync("unknown-action", GoodStudy);

        var result = await runs.SubmitAsync("unknown-action", StudyRuns.Automatic, "Count");
        Assert.Equal(JobSubmissionRefusal.UnknownAction, Assert.IsType<JobSubmissionResult.Refused>(result).Why);
        Assert.Equal("""There is no action "Count" in project.yaml. Letter case matters.""", result.Message);

        using var researcher = await Researcher.SignInAsync(service.Site);
        var page = $"{Researcher.Project}/unknown-action/run-jobs";
        var answer = await researcher.SendAsync(page, page, new() { ["actions"] = "Count", ["backend"] = "1" });
        Assert.Contains(result.Message, answer, StringComparison.Ordinal);
        answer = await researcher.SendAsync(page, page, new() { ["backend"] = "1" });
        Assert.Contains("Choose at least one action to run.", answer, StringComparison.Ordinal);

        await using var db = await runs.OpenAsync();
        Assert.False(await db.JobRequests.AnyAsync(request => request.Workspace.Slug == "unknown-action"));
    }

    [ServiceFact]
    public async Task A_token_where_none_is_needed_changes_nothing_and_is_not_kept()
    {
        const string Token = "ghp_ThisTokenIsForAnotherPlace4711";
        var runs = new StudyRuns(service);
        await service.AddStudyAsync("needs-no-token", GoodStudy);
        using var researcher = await Researcher.SignInAsync(service.Site);
        var made = await MakeWorkspaceAsync(researcher, "needs-no-token", "https://demo.local/studies/needs-no-token", "main", Token);
        Assert.Contains("The workspace needs-no-token was created.", made, StringComparison.Ordinal);
        Assert.Contains("No token is needed: this site reads the repository without one.", made, StringComparison.Ordinal);

        var workspace = $"{Researcher.Project}/needs-no-token";
        var told = await researcher.SendAsync(workspace, $"{workspace}?handler=Token", new() { ["Token"] = Token });
        Assert.Contains("No token is needed for this repository, so what you entered was not kept.", told, StringComparison.Ordinal);

        var jobs = await runs.RunAsync("needs-no-token", StudyRuns.Automatic, "count");
        Assert.Equal("Completed successfully", jobs["count"].StatusMessage);
        Assert.True(File.Exists(runs.ServiceBlob(Digests.OfText("12"))));
        await FilesOfService.AssertNoneHoldsAsync(service.DataDirectory, Token);
    }

    private static Task<string> MakeWorkspaceAsync(Researcher researcher, string name, string repository, string branch, string token = "")
    {
        var page = $"{Researcher.Project}/new-workspace";
        return researcher.SendAsync(page, page, new()
        {
            ["Input.Name"] = name,
            ["Input.Repository"] = repository,
            ["Input.Branch"] = branch,
            ["Input.Token"] = token,
        });
    }
}
