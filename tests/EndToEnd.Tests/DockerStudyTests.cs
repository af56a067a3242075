using System.Security.Cryptography;
using JobServer.Domain.Jobs;
using JobServer.TestCommon;
using Microsoft.EntityFrameworkCore;

namespace JobServer.EndToEnd.Tests;

/// <summary>The demo study, every action in a container, to its released files.</summary>
public sealed class DockerStudyTests(DockerSite service) : IClassFixture<DockerSite>
{
    [RequiresProgram("/usr/sbin/dockerd", Programs.Git)]
    public async Task The_demo_study_runs_in_containers_and_its_files_are_released()
    {
        var runs = new StudyRuns(service);

        var jobs = await runs.RunAsync("asthma-main", StudyRuns.Automatic, "run_all");

        Assert.All(jobs.Values, job => Assert.True(job.State == JobState.Succeeded, $"{job.Action}: {job.StatusMessage}"));
        await using var db = await runs.OpenAsync();
        var files = await db.ReleaseFiles.AsNoTracking().ToListAsync();
        Assert.True(files.Count >= 8, $"{files.Count} files were released.");
        foreach (var file in files)
        {
            Assert.Equal(file.Digest, Convert.ToHexStringLower(SHA256.HashData(await File.ReadAllBytesAsync(runs.ServiceBlob(file.Digest)))));
        }

        Assert.Contains("image: python:latest (sha256:", runs.LogOf("asthma-main", "report"), StringComparison.Ordinal);
        using var client = new Docker.DotNet.DockerClientBuilder().WithEndpoint(service.Engine).Build();
        Assert.Empty(await client.Containers.ListContainersAsync(new Docker.DotNet.Models.ContainersListParameters { All = true }));
    }
}
