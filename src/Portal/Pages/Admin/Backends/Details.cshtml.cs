using JobServer.Data;
using JobServer.Data.Agents;
using JobServer.Domain.Access;
using JobServer.Domain.Agents;
using JobServer.Domain.Backends;
using JobServer.Portal.Access;
using JobServer.Portal.Admin;
using JobServer.Portal.Backends;
using JobServer.Portal.Coordination;
using JobServer.Portal.Ui;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;

namespace JobServer.Portal.Pages.Admin.Backends;

/// <summary>One site: what it does now, and its agents.</summary>
[RequiresPermission(Permission.ViewAdminLists)]
internal sealed class DetailsModel(JobServerDb db, ModeChanges modes, CoordinatorNotices notices) : PageModel
{
    private const int Most = 100;

    /// <summary>Of the backend as the page shows it.</summary>
    [BindProperty]
    public int Revision { get; set; }

    [BindProperty]
    public BackendMode Mode { get; set; }

    [BindProperty]
    public string? Message { get; set; }

    public Backend Of { get; private set; } = null!;

    public IReadOnlyList<Agent> Agents { get; private set; } = [];

    public bool MayManage => HttpContext.May(Permission.ManageBackends);

    public async Task<IActionResult> OnGetAsync(int id, CancellationToken cancellationToken)
    {
        if (!await LoadAsync(id, cancellationToken))
        {
            return NotFound();
        }

        (Revision, Mode, Message) = (Of.Revision, Of.Mode, Of.ModeMessage);
        return Page();
    }

    public async Task<IActionResult> OnPostModeAsync(int id, CancellationToken cancellationToken)
    {
        if (HttpContext.Refusal(Permission.ManageBackends) is { } refusal)
        {
            return refusal;
        }

        if (!await LoadAsync(id, cancellationToken))
        {
            return NotFound();
        }

        var message = Message?.Trim() ?? "";
        if (!Enum.IsDefined(Mode) || ModelState[nameof(Mode)] is { Errors.Count: > 0 })
        {
            ModelState.Remove(nameof(Mode));
            ModelState.AddModelError(nameof(Mode), "Choose one of the list.");
        }

        if (AdminText.Problem(message, Backend.ModeMessageMaxLength, allowsLines: false) is { } problem)
        {
            ModelState.AddModelError(nameof(Message), problem);
        }

        if (!ModelState.IsValid)
        {
            return Page();
        }

        if (await modes.SetBackendAsync(Of.Slug, Mode, message, HttpContext.Person()!.Id, cancellationToken, Revision) is ModeOutcome.ChangedMeanwhile)
        {
            await LoadAsync(id, cancellationToken);
            ModelState.Remove(nameof(Revision));
            Revision = Of.Revision;
            ModelState.AddModelError(nameof(Mode), $"Nothing was changed: somebody else changed the backend meanwhile. It is now: {Of.Mode.Name()}. Save again if you still want yours.");
            return Page();
        }

        await notices.BackendChangedAsync(CancellationToken.None);
        TempData.Success($"{Of.Name}: {Mode.Name()}.");
        return LocalRedirect(AdminLinks.Backend(id));
    }

    private async Task<bool> LoadAsync(int id, CancellationToken cancellationToken)
    {
        if (await db.Backends.AsNoTracking().SingleOrDefaultAsync(row => row.Id == id, cancellationToken) is not { } backend)
        {
            return false;
        }

        Of = backend;
        Agents = await db.Agents.AsNoTracking().Where(agent => agent.BackendId == id)
            .OrderBy(agent => agent.Mode == AgentMode.Revoked).ThenBy(agent => agent.DisplayName).ThenBy(agent => agent.Id)
            .Take(Most).ToListAsync(cancellationToken);
        return true;
    }
}
