using JobServer.Data;
using JobServer.Data.Audit;
using JobServer.Data.Writing;
using JobServer.Domain.Access;
using JobServer.Domain.Audit;
using JobServer.Portal.Access;
using JobServer.Portal.Audit;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;

namespace JobServer.Portal.Pages.Admin.Audit;

/// <summary>Who did what, newest first.</summary>
[RequiresPermission(Permission.ReadAuditLog)]
internal sealed class IndexModel(JobServerDb db, DatabaseWriter writer, AuditLog audit, AuditHeadExport export) : PageModel
{
    public const int PageSize = 25;

    [BindProperty(SupportsGet = true)]
    public AuditAct? Act { get; set; }

    /// <summary>A login.</summary>
    [BindProperty(SupportsGet = true)]
    public string? Who { get; set; }

    [BindProperty(SupportsGet = true)]
    public string? Subject { get; set; }

    [BindProperty(SupportsGet = true)]
    public DateOnly? From { get; set; }

    /// <summary>The last day, included.</summary>
    [BindProperty(SupportsGet = true)]
    public DateOnly? To { get; set; }

    /// <summary>Rows older than this one.</summary>
    [BindProperty(SupportsGet = true)]
    public long? Before { get; set; }

    public IReadOnlyList<AuditLine> Lines { get; private set; } = [];

    public long? Next { get; private set; }

    public AuditHead Head { get; private set; } = null!;

    public AuditHeadRecord? Exported => export.Last;

    public bool IsExporting => export.IsOn;

    public bool IsFiltered => Act is not null || From is not null || To is not null || Who is { Length: > 0 } || Subject is { Length: > 0 };

    /// <summary>The filters of the address, for the next page and for the file.</summary>
    public Dictionary<string, string?> Filters => new(StringComparer.Ordinal)
    {
        [nameof(Act)] = Act?.ToString(),
        [nameof(Who)] = Who,
        [nameof(Subject)] = Subject,
        [nameof(From)] = From?.ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture),
        [nameof(To)] = To?.ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture),
    };

    public async Task OnGetAsync(CancellationToken cancellationToken)
    {
        Head = await db.AuditHeads.AsNoTracking().SingleAsync(cancellationToken);
        if (await FilterAsync(cancellationToken) is not { } filter)
        {
            return;
        }

        var rows = filter.Of(db);
        if (Before is { } before)
        {
            rows = rows.Where(row => row.Sequence < before);
        }

        var lines = await LinesOf(rows.Take(PageSize + 1)).ToListAsync(cancellationToken);
        Lines = [.. lines.Take(PageSize)];
        Next = lines.Count > PageSize ? Lines[^1].Sequence : null;
    }

    public async Task<IActionResult> OnGetCsvAsync(CancellationToken cancellationToken)
    {
        if (await FilterAsync(cancellationToken) is not { } filter)
        {
            return BadRequest();
        }

        // Before the first row leaves: an export that nobody finds in the record is none.
        await writer.RunAsync(
            (changing, token) => audit.AppendAsync(
                changing, HttpContext.Person()!.Id, AuditAct.AuditExported, "audit_log", Filters.Where(part => part.Value is { Length: > 0 }).ToDictionary(), token),
            cancellationToken);
        Response.ContentType = "text/csv; charset=utf-8";
        Response.Headers.ContentDisposition = "attachment; filename=audit-log.csv";
        await AuditCsv.WriteAsync(LinesOf(filter.Of(db)).AsAsyncEnumerable(), Response.Body, cancellationToken);
        return new EmptyResult();
    }

    /// <summary>Null when something in the address is wrong, which the page then says.</summary>
    private async Task<AuditFilter?> FilterAsync(CancellationToken cancellationToken)
    {
        foreach (var (name, message) in new[]
        {
            (nameof(Act), "Choose an act of the list."), (nameof(From), "Write the day as year-month-day."), (nameof(To), "Write the day as year-month-day."),
            (nameof(Before), "Start again from the newest rows."),
        })
        {
            if (ModelState[name] is { Errors.Count: > 0 })
            {
                ModelState.Remove(name);
                ModelState.AddModelError(name, message);
            }
        }

        int? actor = null;
        if (Who?.Trim() is { Length: > 0 } login)
        {
            actor = await db.Users.AsNoTracking().Where(user => user.Login == login).Select(user => (int?)user.Id).SingleOrDefaultAsync(cancellationToken);
            if (actor is null)
            {
                ModelState.AddModelError(nameof(Who), "Nobody here has this login. Write it as GitHub does.");
            }
        }

        return ModelState.ErrorCount > 0 ? null : new AuditFilter
        {
            Act = Act,
            ActorId = actor,
            Subject = Subject?.Trim() ?? "",
            From = From is { } from ? StartOf(from) : null,
            Until = To is { } to ? StartOf(to).AddDays(1) : null,
        };
    }

    private static DateTimeOffset StartOf(DateOnly day) => new(day.ToDateTime(TimeOnly.MinValue), TimeSpan.Zero);

    private IQueryable<AuditLine> LinesOf(IQueryable<AuditEntry> rows) => rows.AsNoTracking().Select(row => new AuditLine(
        row.Sequence, row.At, db.Users.Where(user => user.Id == row.ActorId).Select(user => user.Login).FirstOrDefault(), row.Act, row.Subject, row.Details, row.Hash));
}
