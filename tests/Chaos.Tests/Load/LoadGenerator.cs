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
        var definition = LoadStudy.Definition(random, mark, large: Requests % 6 == 0);
        var request = await rows.SubmitAsync(definition, CancellationToken.None);
        Requests++;
        if (random.Next(5) > 0)
        {
            return;
        }

        await Task.Delay(random.Next(0, 3000), CancellationToken.None);
        await CancelAsync(request);
    }

    private async Task CancelAsync(int request)
    {
        await using var db = await services.GetRequiredService<IDbContextFactory<JobServerDb>>().CreateDbContextAsync();
        var jobs = await db.Jobs.Where(job => job.JobRequestId == request).Select(job => job.Id).ToListAsync();
        var cancellations = services.GetRequiredService<JobCancellations>();
        Cancels++;
        if (random.Next(2) == 0)
        {
            await cancellations.CancelRequestAsync(request, rows.UserId, CancellationToken.None);
        }
        else
        {
            await cancellations.CancelJobAsync(request, jobs[random.Next(jobs.Count)], rows.UserId, CancellationToken.None);
        }
    }
}
