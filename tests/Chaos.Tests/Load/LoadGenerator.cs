using JobServer.Data;
using JobServer.Data.Jobs;
using JobServer.Domain.Jobs;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace JobServer.Chaos.Tests.Load;

/// <summary>Submits requests as long as it is let, keeps the number of open jobs bounded, and cancels some.</summary>
internal sealed class LoadGenerator(IServiceProvider services, LoadRows rows, ChaosReport report, Random random, string mark)
{
    private const int MostOpenJobs = 24;

    public int Requests { get; private set; }

    public int Cancels { get; private set; }

    public async Task RunAsync(CancellationToken until)
    {
        while (!until.IsCancellationRequested)
        {
            try
            {
                if (await OpenJobsAsync() < MostOpenJobs)
                {
                    await SubmitAsync();
                }

                // Not tied to a submission: most of those it hits are running, on an agent that may be cut off.
                if (random.Next(4) == 0)
                {
                    await CancelAsync();
                }
            }
            catch (Exception error) when (IsBusy(error))
            {
                // A Coordinator that was frozen in the middle of a write holds the file's lock.
                report.Say($"submit: {error.GetBaseException().Message}");
            }

            await Task.Delay(random.Next(300, 1800), CancellationToken.None);
        }
    }

    public async Task<int> OpenJobsAsync()
    {
        await using var db = await services.GetRequiredService<IDbContextFactory<JobServerDb>>().CreateDbContextAsync();
        return await db.Jobs.CountAsync(job => job.State == JobState.Pending || job.State == JobState.Running);
    }

    private static bool IsBusy(Exception error) => error.GetBaseException() is SqliteException { SqliteErrorCode: 5 or 6 } or TimeoutException;

    private async Task SubmitAsync()
    {
        await rows.SubmitAsync(LoadStudy.Definition(random, mark, large: Requests % 6 == 0), CancellationToken.None);
        Requests++;
    }

    /// <summary>A job of those that are open, now and then with all of its request.</summary>
    private async Task CancelAsync()
    {
        await using var db = await services.GetRequiredService<IDbContextFactory<JobServerDb>>().CreateDbContextAsync();
        var open = await db.Jobs
            .Where(job => job.State == JobState.Pending || job.State == JobState.Running)
            .OrderByDescending(job => job.State == JobState.Running).ThenBy(job => job.Id)
            .Select(job => new { job.Id, job.JobRequestId })
            .Take(8).ToListAsync();
        if (open.Count == 0)
        {
            return;
        }

        var job = open[random.Next(open.Count)];
        var cancellations = services.GetRequiredService<JobCancellations>();
        Cancels++;
        if (random.Next(4) == 0)
        {
            await cancellations.CancelRequestAsync(job.JobRequestId, rows.UserId, CancellationToken.None);
        }
        else
        {
            await cancellations.CancelJobAsync(job.JobRequestId, job.Id, rows.UserId, CancellationToken.None);
        }
    }
}
