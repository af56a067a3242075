using JobServer.Data;
using JobServer.Domain.Access;
using JobServer.Domain.Releases.Requests;
using JobServer.Portal.Access;
using JobServer.Portal.Admin;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;

namespace JobServer.Portal.Pages.Reviews;

/// <summary>What waits for output checkers, oldest first.</summary>
[RequiresPermission(Permission.ViewUnreleasedOutputs)]
internal sealed class IndexModel(JobServerDb db) : PageModel
{
    public Paging Paging { get; private set; } = Paging.None;

    public IReadOnlyList<Row> Rows { get; private set; } = [];

    public async Task OnGetAsync([FromQuery(Name = "page")] int number, CancellationToken cancellationToken)
    {
        var me = HttpContext.Person()!.Id;
        var waiting = db.ReleaseRequests.AsNoTracking().Where(row => row.State == ReleaseRequestState.Submitted);
        Paging = Paging.Of(await waiting.CountAsync(cancellationToken), number);
        Rows = await waiting.OrderBy(row => row.SubmittedAt).ThenBy(row => row.Id).Skip(Paging.Skip).Take(Paging.Size)
            .Select(row => new Row
            {
                Number = row.Id,
                Workspace = row.Workspace.Slug,
                Backend = row.Backend.Name,
                Author = row.CreatedBy.FullName,
                SubmittedAt = row.SubmittedAt,
                Turn = row.Turn,
                Files = row.Files.Count(file => file.RemovedInTurn == null),
                Decided = row.Files.Count(file => file.RemovedInTurn == null && file.Votes.Any(vote => vote.CheckerId == me)),
                IsMine = row.CreatedById != me && !db.ProjectMemberships.Any(member => member.ProjectId == row.Workspace.ProjectId && member.UserId == me),
            })
            .ToListAsync(cancellationToken);
    }

    /// <summary>One request of the queue.</summary>
    public sealed record Row
    {
        public required int Number { get; init; }

        public required string Workspace { get; init; }

        public required string Backend { get; init; }

        public required string Author { get; init; }

        public required DateTimeOffset SubmittedAt { get; init; }

        public required int Turn { get; init; }

        public required int Files { get; init; }

        /// <summary>Files on which this checker decided.</summary>
        public required int Decided { get; init; }

        /// <summary>Whether this checker may decide.</summary>
        public required bool IsMine { get; init; }
    }
}
