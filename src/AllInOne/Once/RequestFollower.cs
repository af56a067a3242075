using JobServer.Data;
using JobServer.Domain.Jobs;
using Microsoft.EntityFrameworkCore;
using Spectre.Console;

namespace JobServer.AllInOne.Once;

/// <summary>Shows a request's progress on the terminal until it ends: a bar where there is one, otherwise a line for each change.</summary>
internal sealed class RequestFollower(IDbContextFactory<JobServerDb> contexts, IAnsiConsole console)
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(200);

    public async Task FollowAsync(int number, CancellationToken cancellationToken)
    {
        if (console.Profile.Capabilities.Interactive)
        {
            await console.Progress().AutoClear(false).StartAsync(async context =>
            {
                var bar = context.AddTask($"Request {number}");
                await PollAsync(number, progress => Show(bar, progress), cancellationToken);
            });
        }
        else
        {
            await PollAsync(number, progress => console.WriteLine($"Request {number}: {progress.Text}"), cancellationToken);
        }
    }

    private static void Show(ProgressTask bar, RequestProgress progress)
    {
        bar.MaxValue = progress.Total;
        bar.Value = progress.Ended;
        bar.Description = progress.Running.Count > 0 ? $"Request {progress.Number}: {Markup.Escape(string.Join(", ", progress.Running))}" : $"Request {progress.Number}";
    }

    private async Task PollAsync(int number, Action<RequestProgress> changed, CancellationToken cancellationToken)
    {
        using var timer = new PeriodicTimer(Interval);
        var shown = "";
        while (true)
        {
            var progress = await ReadAsync(number, cancellationToken);
            if (progress.Text != shown)
            {
                shown = progress.Text;
                changed(progress);
            }

            if (progress.Ended == progress.Total)
            {
                return;
            }

            await timer.WaitForNextTickAsync(cancellationToken);
        }
    }

    private async Task<RequestProgress> ReadAsync(int number, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var request = await db.JobRequests.AsNoTracking().SingleAsync(request => request.Id == number, cancellationToken);
        var running = await db.Jobs.AsNoTracking().Where(job => job.JobRequestId == number && job.State == JobState.Running)
            .OrderBy(job => job.Position).Select(job => job.Action).ToListAsync(cancellationToken);
        return new RequestProgress
        {
            Number = number,
            Total = request.JobCount,
            Ended = request.SucceededJobs + request.FailedJobs,
            Failed = request.FailedJobs,
            Running = running,
        };
    }
}
