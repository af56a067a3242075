using JobServer.Data;
using JobServer.Domain.Jobs;
using Microsoft.EntityFrameworkCore;

namespace JobServer.Portal.Pages.Runs;

/// <summary>One page of a log, with its filters.</summary>
internal sealed record RunTable
{
    public const int PageSize = 25;

    public required RunFilter Filter { get; init; }

    public required ILookup<string, RunChoice> Choices { get; init; }

    /// <summary>The address of the log, without a query.</summary>
    public required string Action { get; init; }

    public required bool OfAllWorkspaces { get; init; }

    public required RunList List { get; init; }

    public bool HasOlder { get; init; }

    public bool HasNewer { get; init; }

    public bool SeesPeople => List.SeesPeople;

    public string Older => Filter.AddTo(Action, ("before", $"{List.Rows[^1].Number}"));

    public string Newer => Filter.AddTo(Action, ("after", $"{List.Rows[0].Number}"));

    /// <summary>Null where nothing on the page can change any more, and on the admins' page, whose open questions must stay.</summary>
    public string? LiveAddress => Filter.Problems.Count > 0 || !List.CanChange || List.CancelAddress is not null
        ? null
        : Filter.AddTo($"{Action.TrimEnd('/')}/live", ("rows", string.Join('.', List.Rows.Select(row => row.Number))), ("top", $"{List.Top}"), ("since", $"{List.Revision}"));

    /// <param name="db">Whose rows.</param>
    /// <param name="context">Has the filters in its address.</param>
    /// <param name="workspaceId">Null for the log of the whole service.</param>
    /// <param name="now">For runtimes.</param>
    /// <param name="cancellationToken">Of the browser.</param>
    /// <param name="adminAddress">Of the page from which runs are cancelled; null for the logs that everybody sees.</param>
    public static async Task<RunTable> ReadAsync(
        JobServerDb db, HttpContext context, int? workspaceId, DateTimeOffset now, CancellationToken cancellationToken,
        string? adminAddress = null)
    {
        var seesPeople = context.SeesPeople();
        var filter = RunFilter.Parse(context.Request.Query, workspaceId is null, seesPeople);
        var names = filter.Problems.Count == 0 ? await RunChoices.ResolveAsync(db, filter, cancellationToken) : null;
        filter = filter.With(names?.Problems ?? []);
        var action = adminAddress ?? (workspaceId is null ? Jobs.JobLinks.EventLog : context.RunAddress().Logs);
        var table = new RunTable
        {
            Filter = filter,
            Choices = await RunChoices.ReadAsync(db, workspaceId is null, seesPeople, cancellationToken),
            Action = action,
            OfAllWorkspaces = workspaceId is null,
            List = new RunList { Rows = [], Now = now, SeesPeople = seesPeople, Newest = filter.AddTo(action), CancelAddress = adminAddress is null ? null : filter.AddTo(action, ("handler", "Cancel")) },
        };
        if (filter.Problems.Count > 0)
            return table;

        var requests = await RunSearch.FindAsync(db, filter, names!, workspaceId, cancellationToken);
        var (numbers, hasNewer, hasOlder) = await PageAsync(requests, filter, cancellationToken);
        var isFirst = !hasNewer && (filter.IsFirstPage || numbers.Count > 0);
        return table with
        {
            HasNewer = hasNewer,
            HasOlder = hasOlder,
            List = table.List with
            {
                Rows = await RunRows.ReadAsync(db, numbers, cancellationToken),
                RowsRevision = await RunRows.RevisionAsync(db, numbers, cancellationToken),
                Top = isFirst ? (numbers.Count > 0 ? numbers[0] : 0) : null,
            },
        };
    }

    /// <summary>The rows are found by their numbers alone: an index has all that this asks for.</summary>
    private static async Task<(IReadOnlyList<int> Numbers, bool HasNewer, bool HasOlder)> PageAsync(
        IQueryable<JobRequest> requests, RunFilter filter, CancellationToken cancellationToken)
    {
        if (filter.After is { } after)
        {
            var newer = await requests.Where(request => request.Id > after).OrderBy(request => request.Id)
                .Select(request => request.Id).Take(PageSize + 1).ToListAsync(cancellationToken);

            // Fewer than a page are newer: then the first page shows them, filled up.
            if (newer.Count > PageSize)
                return (newer.Take(PageSize).Reverse().ToList(), true, true);
            if (newer.Count == PageSize)
                return (newer.AsEnumerable().Reverse().ToList(), false, true);
        }
        else if (filter.Before is { } before)
        {
            var older = await requests.Where(request => request.Id < before).OrderByDescending(request => request.Id)
                .Select(request => request.Id).Take(PageSize + 1).ToListAsync(cancellationToken);
            return (older.Take(PageSize).ToList(), true, older.Count > PageSize);
        }

        var first = await requests.OrderByDescending(request => request.Id).Select(request => request.Id).Take(PageSize + 1).ToListAsync(cancellationToken);
        return (first.Take(PageSize).ToList(), false, first.Count > PageSize);
    }
}
