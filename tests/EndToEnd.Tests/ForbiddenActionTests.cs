using System.Globalization;
using System.Net;
using System.Net.Sockets;
using JobServer.Data.Blobs;
using JobServer.Domain.Jobs;
using JobServer.Domain.Pipelines;
using Microsoft.EntityFrameworkCore;

namespace JobServer.EndToEnd.Tests;

/// <summary>An action that reaches for the network, for the machine or for other people's files fails, and nothing of it is released.</summary>
[Collection(nameof(AllInOneCollection))]
public sealed class ForbiddenActionTests(AllInOneFixture service)
{
    [ServiceFact]
    public async Task An_action_that_tries_to_reach_the_network_fails()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var port = ((IPEndPoint)listener.LocalEndpoint).Port;
        await AssertRefusedAsync("reaches-network", new()
        {
            ["this_machine"] = $"connect 127.0.0.1 {port}",
            ["this_machine_by_name"] = $"connect localhost {port}",
            ["another_machine"] = "connect 192.0.2.1 80",
            ["another_machine_by_name"] = "connect example.org 443",
            ["the_coordinator"] = $"connect 127.0.0.1 {PortOf(service.Site.CoordinatorAddress)}",
            ["the_portal"] = $"connect 127.0.0.1 {PortOf(service.Site.PortalAddress)}",
        });
        Assert.False(listener.Pending(), "An action reached a listener of this machine.");

        // The listener would have noticed.
        using var control = new TcpClient();
        await control.ConnectAsync(IPAddress.Loopback, port);
        Assert.True(listener.Pending());
    }

    [ServiceFact]
    public async Task An_action_that_tries_to_write_outside_its_directory_fails()
    {
        var data = service.DataDirectory;
        var database = Path.Combine(data, "jobserver.db");
        var secrets = await File.ReadAllTextAsync(Path.Combine(data, "secrets.json"));
        string[] places =
        [
            "/usr/written-by-an-action", "/etc/written-by-an-action", "/opt/jobserver/bin/python", "/written-by-an-action",
            Path.Combine(data, "written-by-an-action"), Path.Combine(data, "sites", "demo", "written-by-an-action"),
            Path.Combine(data, "blobs", "written-by-an-action"), "../written-by-an-action", "../../written-by-an-action",
        ];
        var attempts = places.Select((path, number) => (Name: $"place_{number}", Words: $"write {path}")).ToDictionary(pair => pair.Name, pair => pair.Words, StringComparer.Ordinal);
        attempts["secrets"] = $"append {Path.Combine(data, "secrets.json")}";
        attempts["database"] = $"append {database}";
        attempts["passwd"] = "append /etc/passwd";
        attempts["its_own_program"] = "append /usr/bin/python3";
        attempts["the_kernel"] = "write /proc/sys/kernel/hostname";

        await AssertRefusedAsync("writes-outside", attempts);

        Assert.Empty(Directory.EnumerateFiles(data, "written-by-an-action", SearchOption.AllDirectories));
        Assert.All(new[] { "/usr", "/etc", "/" }, folder => Assert.False(File.Exists(Path.Combine(folder, "written-by-an-action"))));
        Assert.Equal(secrets, await File.ReadAllTextAsync(Path.Combine(data, "secrets.json")));
        Assert.DoesNotContain("written by", await File.ReadAllTextAsync("/etc/passwd"), StringComparison.Ordinal);
    }

    [ServiceFact]
    public async Task An_action_that_tries_to_read_another_workspaces_files_fails()
    {
        const string Words = "record-of-another-workspace-4711";
        var runs = new StudyRuns(service);
        await runs.MakeAsync("owns-records", new Dictionary<string, string>
        {
            ["project.yaml"] = Studies.OneAction("extract", "highly_sensitive", "output/records.csv"),
            ["extract.py"] = Studies.Writing("output/records.csv", Words),
        });
        var owner = (await runs.RunAsync("owns-records", StudyRuns.Automatic, Pipeline.RunAll))["extract"];
        Assert.Equal(JobState.Succeeded, owner.State);
        var digest = Digests.OfText(Words);
        Assert.True(File.Exists(runs.SiteBlob(digest)), "The other workspace has no file to read.");

        var data = service.DataDirectory;
        await AssertRefusedAsync("reads-others", new()
        {
            ["its_record"] = $"read {runs.SiteBlob(digest)}",
            ["its_log"] = $"read {Path.Combine(data, "sites", "demo", "workspaces", "owns-records", "metadata", "extract.log")}",
            ["sites"] = $"browse {Path.Combine(data, "sites")}",
            ["agents"] = $"browse {Path.Combine(data, "agents")}",
            ["blobs"] = $"browse {Path.Combine(data, "blobs")}",
            ["repositories"] = $"browse {Path.Combine(data, "repositories")}",
            ["database"] = $"read {Path.Combine(data, "jobserver.db")}",
            ["secrets"] = $"read {Path.Combine(data, "secrets.json")}",
            ["passwords"] = "read /etc/shadow",
            ["first_process"] = "read /proc/1/environ",
            ["agent_process"] = $"read /proc/{Environment.ProcessId.ToString(CultureInfo.InvariantCulture)}/environ",
            ["agent_files"] = $"browse /proc/{Environment.ProcessId.ToString(CultureInfo.InvariantCulture)}/root",
            ["root_of_first"] = $"read /proc/1/root{Path.Combine(data, "secrets.json")}",
            ["everywhere"] = $"search {new string([.. Words.Reverse()])}",
        });
        Assert.False(File.Exists(runs.ServiceBlob(digest)));
    }

    [ServiceFact]
    public async Task A_link_in_place_of_an_output_releases_nothing_of_where_it_leads()
    {
        var runs = new StudyRuns(service);
        var secrets = Path.Combine(service.DataDirectory, "secrets.json");
        await runs.MakeAsync("makes-links", new Dictionary<string, string>
        {
            ["project.yaml"] = """
                version: '3.0'
                actions:
                  file:
                    run: python:latest python link.py file
                    outputs:
                      moderately_sensitive:
                        stolen: output/secrets.json
                  folder:
                    run: python:latest python link.py folder
                    outputs:
                      moderately_sensitive:
                        stolen: output/*.json
                """,
            ["link.py"] = $"""
                import os
                import sys
                if sys.argv[1] == "file":
                    os.mkdir("output")
                    os.symlink("{secrets}", "output/secrets.json")
                else:
                    os.symlink("{service.DataDirectory}", "output")
                """,
        });

        var jobs = await runs.RunAsync("makes-links", StudyRuns.Automatic, Pipeline.RunAll);

        foreach (var job in jobs.Values)
        {
            Assert.Equal(JobStatusCode.UnmatchedPatterns, job.StatusCode);
            await runs.AssertNothingLeftTheSiteAsync(job);
        }

        var digest = Digests.OfText(await File.ReadAllTextAsync(secrets));
        Assert.False(File.Exists(runs.ServiceBlob(digest)));
        Assert.False(File.Exists(runs.SiteBlob(digest)));
    }

    [ServiceFact]
    public async Task What_an_action_may_do_it_can_do_and_only_its_own_directory_keeps_it()
    {
        var runs = new StudyRuns(service);
        var aside = $"/tmp/aside-of-{Path.GetFileName(service.DataDirectory)}";
        await runs.MakeAsync("behaves", ForbiddenAttempt.Study(new Dictionary<string, string>
        {
            ["writes_here"] = "write output/more.txt",
            ["writes_aside"] = $"write {aside}",
            ["reads_own"] = "read project.yaml",
        }));

        var jobs = await runs.RunAsync("behaves", StudyRuns.Automatic, Pipeline.RunAll);

        Assert.All(jobs.Values, job => Assert.Equal("Completed successfully", job.StatusMessage));
        Assert.False(File.Exists(aside), "The sandbox's /tmp is the machine's.");
        Assert.True(File.Exists(runs.ServiceBlob(Digests.OfText("wrote output/more.txt"))), "A released file is not in the blob store.");
    }

    private static string PortOf(string address) => new Uri(address).Port.ToString(CultureInfo.InvariantCulture);

    /// <summary>Each action was refused by the machine, so its job failed, kept what it made at the site, and released nothing.</summary>
    private async Task AssertRefusedAsync(string workspace, Dictionary<string, string> attempts)
    {
        var runs = new StudyRuns(service);
        await runs.MakeAsync(workspace, ForbiddenAttempt.Study(attempts));
        var jobs = await runs.RunAsync(workspace, StudyRuns.Automatic, Pipeline.RunAll);

        Assert.Equal(attempts.Count, jobs.Count);
        Assert.All(attempts.Keys, action => Assert.True(
            jobs[action].ExitCode == ForbiddenAttempt.Refused, $"{action}: {jobs[action].StatusMessage}\n{runs.LogOf(workspace, action)}"));
        foreach (var (action, job) in jobs)
        {
            Assert.Equal(JobState.Failed, job.State);
            Assert.Equal(JobStatusCode.NonzeroExit, job.StatusCode);
            Assert.Equal("Job exited with error code 3", job.StatusMessage);
            Assert.Contains($"refused: {attempts[action]}", runs.LogOf(workspace, action), StringComparison.Ordinal);
            await runs.AssertNothingLeftTheSiteAsync(job);
            var digest = Digests.OfText(ForbiddenAttempt.EvidenceOf(action));
            Assert.True(File.Exists(runs.SiteBlob(digest)), $"What {action} made is not kept at the site.");
            Assert.False(File.Exists(runs.ServiceBlob(digest)), $"What {action} made has left the site.");
        }

        await using var db = await runs.OpenAsync();
        Assert.Empty(await db.ReleaseFiles.Where(file => db.Workspaces.Any(row => row.Slug == workspace && row.Id == file.WorkspaceId)).ToListAsync());
    }
}
