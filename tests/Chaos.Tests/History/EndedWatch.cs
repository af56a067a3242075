using JobServer.Data;
using JobServer.Domain.Jobs;
using Microsoft.EntityFrameworkCore;

namespace JobServer.Chaos.Tests.History;

/// <summary>Looks at the rows during the run and keeps how each ended job was first seen.</summary>
internal sealed class EndedWatch(IDbContextFactory<JobServerDb> contexts)
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(400);

    public Dictionary<string, EndedRow> FirstSeen { get; } = new(StringComparer.Ordinal);

    public async Task RunAsync(CancellationToken until)
    {
        while (!until.IsCancellationRequested)
        {
            await using var db = await contexts.CreateDbContextAsync(CancellationToken.None);
            foreach (var job in await db.Jobs.AsNoTracking().Where(job => job.State == JobState.Succeeded || job.State == JobState.Failed).ToListAsync(CancellationToken.None))
            {
                FirstSeen.TryAdd(job.Id, EndedRow.Of(job));
            }

            await Task.Delay(Pause, CancellationToken.None);
        }
    }
}
