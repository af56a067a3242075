using JobServer.Data;
using JobServer.Domain.Access;
using JobServer.Domain.Agents;
using JobServer.Domain.Backends;
using JobServer.Domain.Jobs;
using JobServer.Portal.Access;
using JobServer.Portal.Admin;
using JobServer.Portal.Workspaces;
using JobServer.Portal.Backends;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;

namespace JobServer.Portal.Pages.Admin.Backends;

/// <summary>The sites of the service, and how each is doing.</summary>
[RequiresPermission(Permission.ViewAdminLists)]
internal sealed class IndexModel(JobServerDb db, TimeProvider timeProvider) : PageModel
{

    public string Search { get; private set; } = "";

    public BackendMode? Mode { get; private set; }

    public bool IsFiltered => Search.Length > 0 || Mode is not null;

    public IReadOnlyList<Row> Rows { get; private set; } = [];

    public Paging Paging { get; private set; } = Paging.None;

    public DateTimeOffset Now { get; } = timeProvider.GetUtcNow();

    public async Task OnGetAsync(string? q, string? mode, [FromQuery(Name = "page")] int number, CancellationToken cancellationToken)
    {
        Search = SearchText.Of(q);
        Mode = Enum.GetValues<BackendMode>().Where(value => string.Equals(SnakeCase.Of(value), mode, StringComparison.Ordinal)).Select(value => (BackendMode?)value).FirstOrDefault();
        var rows = db.Backends.AsNoTracking();
        if (Search.Length > 0)
        {
            var pattern = LikePattern.Containing(Search);
            rows = rows.Where(row => EF.Functions.Like(row.Name, pattern, LikePattern.Escape) || EF.Functions.Like(row.Slug, pattern, LikePattern.Escape));
        }

        if (Mode is { } wanted)
        {
            rows = rows.Where(row => row.Mode == wanted);
        }

        Paging = Paging.Of(await rows.CountAsync(cancellationToken), number);
        Rows = await rows.OrderBy(row => row.Name).ThenBy(row => row.Id).Skip(Paging.Skip).Take(Paging.Size)
            .Select(row => new Row
            {
                Id = row.Id,
                Release = row.ReleasePolicy,
                Log = row.LogPolicy,
                Agents = db.Agents.Count(agent => agent.BackendId == row.Id && agent.Mode != AgentMode.Revoked),
                Card = new BackendCard
                {
                    Name = row.Name,
                    Slug = row.Slug,
                    Mode = row.Mode,
                    ModeMessage = row.ModeMessage,
                    LastSeenAt = row.LastSeenAt,
                    RunningJobs = db.Jobs.Count(job => job.BackendId == row.Id && job.State == JobState.Running),
                    PendingJobs = db.Jobs.Count(job => job.BackendId == row.Id && job.State == JobState.Pending),
                    IsMine = false,
                },
            })
            .ToListAsync(cancellationToken);
    }

    internal sealed record Row
    {
        public required int Id { get; init; }

        public required BackendCard Card { get; init; }

        public required ReleasePolicy Release { get; init; }

        public required LogPolicy Log { get; init; }

        public required int Agents { get; init; }
    }
}
