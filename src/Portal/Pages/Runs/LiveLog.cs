using JobServer.Data;
using JobServer.Domain.Jobs;
using JobServer.Portal.Access;
using JobServer.Portal.Jobs;
using JobServer.Portal.Live;
using Microsoft.EntityFrameworkCore;

namespace JobServer.Portal.Pages.Runs;

/// <summary>The live rows of the event log and of workspaces' logs.</summary>
internal sealed class LiveLog(IDbContextFactory<JobServerDb> contexts, LiveStream stream, PartialRenderer renderer, TimeProvider timeProvider)
{
    private static readonly JobRequestState[] Open = [JobRequestState.Pending, JobRequestState.Running];

    public Task<IResult> EventLogAsync(HttpContext context) => ServeAsync(context, workspaceId: null, JobLinks.EventLog);

    public Task<IResult> WorkspaceAsync(HttpContext context) => ServeAsync(context, context.Workspace().Id, context.RunAddress().Logs);

    private async Task<IResult> ServeAsync(HttpContext context, int? workspaceId, string action)
    {
        var query = context.Request.Query;
        var filter = RunFilter.Parse(query, workspaceId is null, context.SeesPeople());
        var numbers = Numbers(query["rows"].ToString());
        int? top = int.TryParse(query["top"].ToString(), out var number) && number >= 0 ? number : null;
        if (filter.Problems.Count > 0 || numbers is null)
            return Results.BadRequest();
        RunNames names;
        await using (var db = await contexts.CreateDbContextAsync(context.RequestAborted))
            names = await RunChoices.ResolveAsync(db, filter, context.RequestAborted);
        if (names.Problems.Count > 0)
            return Results.BadRequest();

        async Task<RunList> ReadAsync(JobServerDb db, CancellationToken token) => new()
        {
            Rows = [],
            Now = timeProvider.GetUtcNow(),
            SeesPeople = context.SeesPeople(),
            Newest = filter.AddTo(action),
            Top = top,
            RowsRevision = await RunRows.RevisionAsync(db, numbers, token),
            New = top is null ? 0 : await NewAsync(db, filter, names, workspaceId, top.Value, token),
        };

        return await stream.ServeAsync(context, new LiveView
        {
            // Any run may be new here: once a second is soon enough, and bounds what a busy service costs.
            Keys = [],
            ReadAsync = async token =>
            {
                await using var db = await contexts.CreateDbContextAsync(token);
                var list = await ReadAsync(db, token);
                var goesOn = top is not null || await db.JobRequests.AnyAsync(row => numbers.Contains(row.Id) && Open.Contains(row.State), token);
                return new LiveRevision(list.Revision, !goesOn);
            },
            RenderAsync = async token =>
            {
                await using var db = await contexts.CreateDbContextAsync(token);
                var list = await ReadAsync(db, token) with { Rows = await RunRows.ReadAsync(db, numbers, token) };
                return await renderer.RenderAsync(context, "/Pages/Runs/_RunList.cshtml", list);
            },
        });
    }

    private static async Task<int> NewAsync(
        JobServerDb db, RunFilter filter, RunNames names, int? workspaceId, int top, CancellationToken cancellationToken)
    {
        // Nothing at all is new most of the time, and that is quickly known.
        if (!await db.JobRequests.AnyAsync(request => request.Id > top, cancellationToken))
            return 0;
        var requests = await RunSearch.FindAsync(db, filter, names, workspaceId, cancellationToken);
        return await requests.Where(request => request.Id > top).OrderBy(request => request.Id)
            .Select(request => request.Id).Take(RunList.MostNew + 1).CountAsync(cancellationToken);
    }

    /// <summary>Null for what no page of ours asks for.</summary>
    private static List<int>? Numbers(string text)
    {
        var numbers = new List<int>();
        foreach (var part in text.Split('.', StringSplitOptions.RemoveEmptyEntries))
        {
            if (!int.TryParse(part, out var number) || number < 1 || numbers.Count == RunTable.PageSize)
                return null;
            numbers.Add(number);
        }

        return numbers;
    }
}
