using JobServer.Data.Blobs;
using JobServer.Domain.Jobs;
using JobServer.Domain.Pipelines;
using Microsoft.EntityFrameworkCore;

namespace JobServer.EndToEnd.Tests;

/// <summary>What a researcher reads when an action of a good project.yaml fails.</summary>
[Collection(nameof(AllInOneCollection))]
public sealed class FailingActionTests(AllInOneFixture service)
{
    [ServiceFact]
    public async Task An_image_that_is_not_mapped_is_named_with_those_that_are()
    {
        var runs = new StudyRuns(service);
        await runs.MakeAsync("unmapped-image", new Dictionary<string, string>
        {
            ["project.yaml"] = Studies.OneAction("model", "moderately_sensitive", "output/model.txt", image: "stata-mp:v17"),
            ["model.py"] = Studies.Writing("output/model.txt", "never written"),
        });

        var job = (await runs.RunAsync("unmapped-image", StudyRuns.Automatic, "model"))["model"];

        Assert.Equal(JobState.Failed, job.State);
        Assert.Equal(JobStatusCode.ImageNotAvailable, job.StatusCode);
        Assert.Equal(
            "The image stata-mp:v17 is not available at this backend. Available are: python, r, sh. The people who run the backend can add it (setting Agent:Images).",
            job.StatusMessage);
        Assert.Null(job.ExitCode);
        await AssertPageSaysAsync("unmapped-image", job);
        await runs.AssertNothingLeftTheSiteAsync(job);
    }

    [ServiceFact]
    public async Task Outputs_that_are_missing_are_all_listed_and_the_others_stay_at_the_site()
    {
        const string Made = "this table was made, the others were not";
        var runs = new StudyRuns(service);
        await runs.MakeAsync("missing-output", new Dictionary<string, string>
        {
            ["project.yaml"] = """
                version: '3.0'
                actions:
                  tables:
                    run: python:latest python tables.py
                    outputs:
                      moderately_sensitive:
                        made: output/made.txt
                        missing: output/missing.csv
                        figures: output/figures/*.svg
                  report:
                    run: python:latest python tables.py report
                    needs: [tables]
                    outputs:
                      moderately_sensitive:
                        report: output/report.html
                """,
            ["tables.py"] = Studies.Writing("output/made.txt", Made),
        });

        var jobs = await runs.RunAsync("missing-output", StudyRuns.Automatic, Pipeline.RunAll);

        var job = jobs["tables"];
        Assert.Equal(JobStatusCode.UnmatchedPatterns, job.StatusCode);
        Assert.Contains("output/missing.csv", job.StatusMessage, StringComparison.Ordinal);
        Assert.Contains("output/figures/*.svg", job.StatusMessage, StringComparison.Ordinal);
        Assert.DoesNotContain("output/made.txt", job.StatusMessage, StringComparison.Ordinal);
        Assert.StartsWith("No outputs found matching: ", job.StatusMessage, StringComparison.Ordinal);
        Assert.Equal(0, job.ExitCode);
        await AssertPageSaysAsync("missing-output", job);
        await runs.AssertNothingLeftTheSiteAsync(job);
        Assert.True(File.Exists(runs.SiteBlob(Digests.OfText(Made))));
        Assert.False(File.Exists(runs.ServiceBlob(Digests.OfText(Made))));

        Assert.Equal(JobStatusCode.DependencyFailed, jobs["report"].StatusCode);
        Assert.Equal("Not started because the action it needs, tables, failed", jobs["report"].StatusMessage);
        Assert.Null(jobs["report"].StartedAt);
    }

    [ServiceFact]
    public async Task An_action_that_exits_with_3_says_so_and_what_it_made_stays_at_the_site()
    {
        const string Made = "half of a table";
        var runs = new StudyRuns(service);
        await runs.MakeAsync("exits-with-3", new Dictionary<string, string>
        {
            ["project.yaml"] = Studies.OneAction("stop", "moderately_sensitive", "output/half.txt"),
            ["stop.py"] = Studies.Writing("output/half.txt", Made) + "\nimport sys\nprint('Column age is missing.')\nsys.exit(3)\n",
        });

        var job = (await runs.RunAsync("exits-with-3", StudyRuns.Automatic, "stop"))["stop"];

        Assert.Equal(JobState.Failed, job.State);
        Assert.Equal(JobStatusCode.NonzeroExit, job.StatusCode);
        Assert.Equal("Job exited with error code 3", job.StatusMessage);
        Assert.Equal(3, job.ExitCode);
        await AssertPageSaysAsync("exits-with-3", job);
        Assert.Contains("Column age is missing.", runs.LogOf("exits-with-3", "stop"), StringComparison.Ordinal);
        await runs.AssertNothingLeftTheSiteAsync(job);
        Assert.True(File.Exists(runs.SiteBlob(Digests.OfText(Made))));
        Assert.False(File.Exists(runs.ServiceBlob(Digests.OfText(Made))));
    }

    [ServiceFact]
    public async Task A_highly_sensitive_file_of_a_job_that_succeeds_never_leaves_the_site()
    {
        const string Rows = "patient 4711 was born on a Tuesday";
        const string Count = "1 patient";
        var runs = new StudyRuns(service);
        await runs.MakeAsync("keeps-rows", TwoLevels(Rows, Count));

        var job = (await runs.RunAsync("keeps-rows", StudyRuns.Automatic, "extract"))["extract"];

        Assert.Equal(JobState.Succeeded, job.State);
        Assert.True(File.Exists(runs.SiteBlob(Digests.OfText(Rows))));
        Assert.False(File.Exists(runs.ServiceBlob(Digests.OfText(Rows))));
        Assert.True(File.Exists(runs.ServiceBlob(Digests.OfText(Count))));
        await FilesOfService.AssertNoneHoldsAsync(service.DataDirectory, Rows);
        await FilesOfService.AssertNoneHoldsAsync(service.DataDirectory, "rows-of-patients.csv.gz");

        await using var db = await runs.OpenAsync();
        var kept = await db.OutputFiles.AsNoTracking().SingleAsync(file => file.JobId == job.Id && file.Level == PrivacyLevel.HighlySensitive);
        Assert.Equal(OutputDisposition.Kept, kept.Disposition);
        Assert.Equal("", kept.Path);
        var released = await db.ReleaseFiles.AsNoTracking().Where(file => file.Release.JobId == job.Id).Select(file => file.Path).ToListAsync();
        Assert.Equal(["output/count.txt"], released);
    }

    [ServiceFact]
    public async Task Under_the_reviewed_policy_files_wait_unreleased()
    {
        const string Count = "2 patients, to be reviewed";
        var runs = new StudyRuns(service);
        await runs.MakeAsync("waits-for-review", TwoLevels("rows to be kept", Count));

        var job = (await runs.RunAsync("waits-for-review", StudyRuns.Reviewed, "extract"))["extract"];

        Assert.Equal(JobState.Succeeded, job.State);
        await using var db = await runs.OpenAsync();
        var waiting = await db.OutputFiles.AsNoTracking().SingleAsync(file => file.JobId == job.Id && file.Disposition == OutputDisposition.Uploaded);
        Assert.Equal("output/count.txt", waiting.Path);
        Assert.Equal(Digests.OfText(Count), waiting.Digest);
        Assert.Empty(await db.Releases.AsNoTracking().Where(release => release.JobId == job.Id).ToListAsync());
        Assert.Empty(await db.ReleaseFiles.AsNoTracking().Where(file => file.WorkspaceId == job.WorkspaceId).ToListAsync());

        using var researcher = await Researcher.SignInAsync(service.Site);
        foreach (var page in new[] { "releases", "outputs/latest" })
            Assert.DoesNotContain("count.txt", await researcher.ReadAsync($"{Researcher.Project}/waits-for-review/{page}"), StringComparison.Ordinal);
    }

    private static Dictionary<string, string> TwoLevels(string rows, string count) => new(StringComparer.Ordinal)
    {
        ["project.yaml"] = """
            version: '3.0'
            actions:
              extract:
                run: python:latest python extract.py
                outputs:
                  highly_sensitive:
                    dataset: output/rows*.csv.gz
                  moderately_sensitive:
                    count: output/count.txt
            """,
        ["extract.py"] = Studies.Writing("output/count.txt", count) + "\n" + Studies.Writing("output/rows-of-patients.csv.gz", rows)
            .Replace("rows-of-patients", "rows-\" + \"stneitap-fo\"[::-1] + \"", StringComparison.Ordinal),
    };

    private async Task AssertPageSaysAsync(string workspace, Job job)
    {
        using var researcher = await Researcher.SignInAsync(service.Site);
        foreach (var page in new[] { $"{job.JobRequestId}", $"{job.JobRequestId}/{job.Id}" })
        {
            var text = await researcher.ReadAsync($"{Researcher.Project}/{workspace}/{page}");
            Assert.Contains(job.StatusMessage, text, StringComparison.Ordinal);
            Assert.DoesNotContain("left no files", text, StringComparison.Ordinal);
        }
    }
}
