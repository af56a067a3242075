using JobServer.Data;
using JobServer.Data.Sqlite;
using JobServer.Domain.Jobs;
using Microsoft.EntityFrameworkCore;

namespace JobServer.EndToEnd.Tests;

/// <summary>The process of the whole service is killed in the middle of a run, as a power cut would.</summary>
public sealed class KillTests
{
    [JourneyFact]
    public async Task A_run_that_was_killed_is_finished_by_the_next_start_without_running_anything_twice()
    {
        var folder = Directory.CreateTempSubdirectory("jobserver-kill-").FullName;
        try
        {
            using (var first = StartOnce(folder))
            {
                await first.SaysAsync("1 of 8 jobs ended");
                first.Kill();
            }

            using (var second = StartOnce(folder))
            {
                Assert.Equal(0, await second.ExitAsync());
                Assert.Contains("is not finished", second.Output, StringComparison.Ordinal);
                Assert.DoesNotContain("DOES NOT MATCH", second.Output, StringComparison.Ordinal);
            }

            await using var db = Open(folder);
            var starts = await db.JobEvents.AsNoTracking().Where(jobEvent => jobEvent.Kind == JobEventKind.Leased).ToListAsync();
            Assert.Equal(starts.Count, starts.Select(start => (start.JobId, start.Fence)).Distinct().Count());
            Assert.All(await db.Jobs.AsNoTracking().ToListAsync(), job => Assert.Equal(JobState.Succeeded, job.State));

            using var third = StartOnce(folder);
            Assert.Equal(0, await third.ExitAsync());
            Assert.Contains("nothing to do", third.Output, StringComparison.Ordinal);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static ServiceProcess StartOnce(string folder) =>
        new(["--once", "--data", folder]);

    private static JobServerDb Open(string folder)
    {
        var options = new DbContextOptionsBuilder<JobServerDb>();
        new SqliteProvider().Configure(options, $"Data Source={Path.Combine(folder, "jobserver.db")}");
        return new JobServerDb(options.Options);
    }
}
