using JobServer.Data;
using JobServer.Data.Backends;
using JobServer.Domain.Access;
using JobServer.Domain.Backends;
using JobServer.Portal.Access;
using JobServer.Portal.Admin;
using JobServer.Portal.Coordination;
using JobServer.Portal.Ui;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;

namespace JobServer.Portal.Pages.Admin.Backends;

/// <summary>
/// The tokens of a backend's agents. A new one is shown in the answer that made it and nowhere else: not in an address, a
/// cookie, a log or a stored page.
/// </summary>
[RequiresPermission(Permission.ManageBackends)]
[ResponseCache(NoStore = true, Location = ResponseCacheLocation.None)]
internal sealed class TokensModel(JobServerDb db, BackendTokenWrites tokens, CoordinatorNotices notices, TimeProvider timeProvider) : PageModel
{
    private const int Most = 100;

    /// <summary>Hours for which a former token still works.</summary>
    public static readonly IReadOnlyList<(int Hours, string Text)> Overlaps = [(1, "1 hour"), (24, "1 day"), (168, "7 days"), (0, "not at all: it ends at once")];

    [BindProperty]
    public string? Label { get; set; }

    public int Id { get; private set; }

    public string Name { get; private set; } = "";

    public string Slug { get; private set; } = "";

    public IReadOnlyList<Row> Rows { get; private set; } = [];

    public NewToken? Made { get; private set; }

    public DateTimeOffset Now { get; } = timeProvider.GetUtcNow();

    public async Task<IActionResult> OnGetAsync(int id, CancellationToken cancellationToken) =>
        await LoadAsync(id, cancellationToken) ? Page() : NotFound();

    public async Task<IActionResult> OnPostAsync(int id, CancellationToken cancellationToken)
    {
        var label = Label?.Trim() ?? "";
        if (AdminText.NameProblem(label, BackendToken.LabelMaxLength) is { } problem)
        {
            ModelState.AddModelError(nameof(Label), problem);
            return await OnGetAsync(id, cancellationToken);
        }

        Made = await tokens.CreateAsync(id, label, HttpContext.Person()!.Id, cancellationToken);
        if (Made is not null)
        {
            ModelState.Clear();
            Label = "";
        }

        return await OnGetAsync(id, cancellationToken);
    }

    public async Task<IActionResult> OnPostRotateAsync(int id, int token, int hours, CancellationToken cancellationToken)
    {
        if (!Overlaps.Any(choice => choice.Hours == hours))
        {
            TempData.Warn("Nothing was changed: choose from the list how long the former token still works.");
            return LocalRedirect(AdminLinks.BackendTokens(id));
        }

        Made = await tokens.RotateAsync(id, token, TimeSpan.FromHours(hours), HttpContext.Person()!.Id, cancellationToken);
        if (Made is null)
        {
            TempData.Warn("Nothing was changed: this token has ended meanwhile. Make a new one.");
            return LocalRedirect(AdminLinks.BackendTokens(id));
        }

        await notices.BackendChangedAsync(CancellationToken.None);
        return await OnGetAsync(id, cancellationToken);
    }

    public async Task<IActionResult> OnPostRevokeAsync(int id, int token, CancellationToken cancellationToken)
    {
        if (await tokens.RevokeAsync(id, token, HttpContext.Person()!.Id, cancellationToken))
        {
            // Not given up when the browser leaves: agents are to be cut off.
            await notices.BackendChangedAsync(CancellationToken.None);
            TempData.Success("The token was revoked. Agents that used it are cut off.");
        }
        else
        {
            TempData.Warn("Nothing was changed: the token was revoked meanwhile.");
        }

        return LocalRedirect(AdminLinks.BackendTokens(id));
    }

    private async Task<bool> LoadAsync(int id, CancellationToken cancellationToken)
    {
        var backend = await db.Backends.AsNoTracking().Where(row => row.Id == id).Select(row => new { row.Name, row.Slug }).SingleOrDefaultAsync(cancellationToken);
        if (backend is null)
        {
            return false;
        }

        (Id, Name, Slug) = (id, backend.Name, backend.Slug);
        Rows = await db.BackendTokens.AsNoTracking().Where(row => row.BackendId == id)
            .OrderBy(row => row.RevokedAt != null).ThenByDescending(row => row.Id).Take(Most)
            .Select(row => new Row
            {
                Id = row.Id,
                Label = row.Label,
                Ending = row.Ending,
                CreatedAt = row.CreatedAt,
                CreatedBy = db.Users.Where(user => user.Id == row.CreatedById).Select(user => user.FullName).FirstOrDefault(),
                LastUsedAt = row.LastUsedAt,
                ExpiresAt = row.ExpiresAt,
                RevokedAt = row.RevokedAt,
            })
            .ToListAsync(cancellationToken);
        return true;
    }

    internal sealed record Row
    {
        public required int Id { get; init; }

        public required string Label { get; init; }

        public required string Ending { get; init; }

        public required DateTimeOffset CreatedAt { get; init; }

        public required string? CreatedBy { get; init; }

        public required DateTimeOffset? LastUsedAt { get; init; }

        public required DateTimeOffset? ExpiresAt { get; init; }

        public required DateTimeOffset? RevokedAt { get; init; }

        public bool IsLive(DateTimeOffset now) => RevokedAt is null && (ExpiresAt is null || ExpiresAt > now);
    }
}
