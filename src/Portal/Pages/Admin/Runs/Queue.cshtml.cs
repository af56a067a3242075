using JobServer.Data;
using JobServer.Data.Jobs;
using JobServer.Domain.Access;
using JobServer.Domain.Jobs;
using JobServer.Portal.Access;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;

namespace JobServer.Portal.Pages.Admin.Runs;

/// <summary>What waits at a backend, in the order in which it starts, and why each job waits.</summary>
[RequiresPermission(Permission.ManageRuns)]
internal sealed class QueueModel(JobServerDb db, TimeProvider timeProvider) : PageModel
{
    private const int Most = 200;

    public int? Backend { get; private set; }

    public IReadOnlyList<Choice> Backends { get; private set; } = [];

    public IReadOnlyList<Row> Rows { get; private set; } = [];

    /// <summary>Waiting jobs of the backend, listed or not.</summary>
    public int Count => Backends.FirstOrDefault(choice => choice.Id == Backend)?.Waiting ?? 0;

    public async Task OnGetAsync(int? backend, CancellationToken cancellationToken)
    {
        Backends = await db.Backends.AsNoTracking().OrderBy(row => row.Name)
            .Select(row => new Choice(
                row.Id, row.Name,
                db.Jobs.Count(job => job.BackendId == row.Id && job.State == JobState.Pending && job.AgentId == null && job.CancelRequestedAt == null),
                db.Jobs.Count(job => job.BackendId == row.Id && job.State == JobState.Running)))
            .ToListAsync(cancellationToken);
        var chosen = Backends.FirstOrDefault(choice => choice.Id == backend) ?? Backends.MaxBy(choice => choice.Waiting);
        if (chosen is null)
        {
            return;
        }

        Backend = chosen.Id;
        var places = await QueuePlaces.OfBackendAsync(db, chosen.Id, Most, timeProvider.GetUtcNow(), cancellationToken);
        var ids = places.Select(place => place.JobId).ToList();
        var facts = await db.Jobs.AsNoTracking().Where(job => ids.Contains(job.Id))
            .Select(job => new { job.Id, job.Action, job.JobRequestId, Workspace = job.JobRequest.Workspace.Slug, Person = job.JobRequest.CreatedBy.FullName, job.CreatedAt })
            .ToDictionaryAsync(job => job.Id, StringComparer.Ordinal, cancellationToken);

        // A job that started between the two reads is left out.
        Rows = [.. places.Where(place => facts.ContainsKey(place.JobId))
            .Select(place => (place, facts[place.JobId]))
            .Select(pair => new Row
            {
                JobId = pair.place.JobId,
                Why = pair.place.Sentence,
                Action = pair.Item2.Action,
                Number = pair.Item2.JobRequestId,
                Workspace = pair.Item2.Workspace,
                Person = pair.Item2.Person,
                CreatedAt = pair.Item2.CreatedAt,
            })];
    }

    internal sealed record Choice(int Id, string Name, int Waiting, int Running);

    internal sealed record Row
    {
        public required string JobId { get; init; }

        public required string Why { get; init; }

        public required string Action { get; init; }

        public required int Number { get; init; }

        public required string Workspace { get; init; }

        public required string Person { get; init; }

        public required DateTimeOffset CreatedAt { get; init; }
    }
}
