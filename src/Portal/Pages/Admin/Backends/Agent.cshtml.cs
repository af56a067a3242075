using JobServer.Data;
using JobServer.Data.Agents;
using JobServer.Domain.Access;
using JobServer.Domain.Agents;
using JobServer.Domain.Jobs;
using JobServer.Portal.Access;
using JobServer.Portal.Admin;
using JobServer.Portal.Coordination;
using JobServer.Portal.Ui;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using AgentRow = JobServer.Domain.Agents.Agent;

namespace JobServer.Portal.Pages.Admin.Backends;

/// <summary>One agent: what it is, its last sessions, and what it is asked to do.</summary>
[RequiresPermission(Permission.ViewAdminLists)]
internal sealed class AgentModel(JobServerDb db, ModeChanges modes, CoordinatorNotices notices) : PageModel
{
    private const int MostSessions = 20;
    private const int LongestDrain = 7 * 24 * 60;

    /// <summary>Of the agent as the page shows it.</summary>
    [BindProperty]
    public int Revision { get; set; }

    public AgentRow Of { get; private set; } = null!;

    public string Backend { get; private set; } = "";

    public int Running { get; private set; }

    public IReadOnlyList<AgentSession> Sessions { get; private set; } = [];

    public AgentSession? Current => Sessions.FirstOrDefault(session => session.EndedAt is null);

    public async Task<IActionResult> OnGetAsync(int id, string agent, CancellationToken cancellationToken)
    {
        if (await FindAsync(id, agent, cancellationToken) is not { } found)
        {
            return NotFound();
        }

        Of = found;
        Revision = found.Revision;
        Backend = await db.Backends.AsNoTracking().Where(row => row.Id == id).Select(row => row.Name).SingleAsync(cancellationToken);
        Running = await db.Jobs.CountAsync(job => job.AgentId == agent && job.State == JobState.Running, cancellationToken);
        Sessions = await db.AgentSessions.AsNoTracking().Where(session => session.AgentId == agent)
            .OrderByDescending(session => session.Epoch).Take(MostSessions).ToListAsync(cancellationToken);
        return Page();
    }

    /// <param name="id">The backend.</param>
    /// <param name="agent">Its agent.</param>
    /// <param name="mode">What is wanted.</param>
    /// <param name="minutes">After which a drain interrupts what still runs; empty waits.</param>
    /// <param name="cancellationToken">Stops before anything is written.</param>
    public async Task<IActionResult> OnPostAsync(int id, string agent, AgentMode mode, string? minutes, CancellationToken cancellationToken)
    {
        if (HttpContext.Refusal(Permission.ManageBackends) is { } refusal)
        {
            return refusal;
        }

        if (await FindAsync(id, agent, cancellationToken) is not { } found)
        {
            return NotFound();
        }

        TimeSpan? within = null;
        if (mode == AgentMode.Draining && minutes?.Trim() is { Length: > 0 } text)
        {
            if (!int.TryParse(text, System.Globalization.CultureInfo.InvariantCulture, out var number) || number is < 1 or > LongestDrain)
            {
                return Warn(id, agent, $"Nothing was changed: give the minutes of a drain as a number from 1 to {LongestDrain}, or leave them empty.");
            }

            within = TimeSpan.FromMinutes(number);
        }

        if (!ModelState.IsValid || !Enum.IsDefined(mode) || mode == AgentMode.Drained)
        {
            return Warn(id, agent, "Nothing was changed: use the buttons of the page.");
        }

        if (found.Revision != Revision)
        {
            return Warn(id, agent, "Nothing was changed: the agent's mode changed meanwhile. The page shows what is stored now.");
        }

        ModeOutcome outcome;
        try
        {
            outcome = await modes.SetAgentAsync(agent, mode, within, HttpContext.Person()!.Id, cancellationToken);
        }
        catch (DbUpdateConcurrencyException)
        {
            return Warn(id, agent, "Nothing was changed: somebody else changed the agent's mode at the same time.");
        }

        if (outcome is ModeOutcome.Revoked)
        {
            return Warn(id, agent, "A revoked agent stays revoked.");
        }

        await notices.BackendChangedAsync(CancellationToken.None);
        TempData.Success(outcome is ModeOutcome.Unchanged ? "It was so already." : $"The agent was told: {mode}.");
        return LocalRedirect(AdminLinks.BackendAgent(id, agent));
    }

    private LocalRedirectResult Warn(int id, string agent, string text)
    {
        TempData.Warn(text);
        return LocalRedirect(AdminLinks.BackendAgent(id, agent));
    }

    private Task<AgentRow?> FindAsync(int id, string agent, CancellationToken cancellationToken) =>
        db.Agents.AsNoTracking().SingleOrDefaultAsync(row => row.Id == agent && row.BackendId == id, cancellationToken);
}
