using JobServer.Data;
using JobServer.Data.Site;
using JobServer.Domain.Access;
using JobServer.Domain.Site;
using JobServer.Portal.Access;
using JobServer.Portal.Admin;
using JobServer.Portal.Site;
using JobServer.Portal.Ui;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;

namespace JobServer.Portal.Pages.Admin.Runs;

/// <summary>The switch that stops new runs on the whole service.</summary>
[RequiresPermission(Permission.StopNewRuns)]
internal sealed class SwitchModel(JobServerDb db, RunSwitch runs, SiteNotices notices) : PageModel
{
    [BindProperty]
    public string? Message { get; set; }

    /// <summary>Null while new runs are taken.</summary>
    public Standstill? Stopped { get; private set; }

    public Task OnGetAsync(CancellationToken cancellationToken) => LoadAsync(cancellationToken);

    public async Task<IActionResult> OnPostStopAsync(CancellationToken cancellationToken)
    {
        var message = Message?.Trim() ?? "";
        if (AdminText.Problem(message, SiteState.MessageMaxLength, allowsLines: false) is { } problem)
        {
            ModelState.AddModelError(nameof(Message), problem);
            await LoadAsync(cancellationToken);
            return Page();
        }

        return Done(await runs.StopAsync(message, HttpContext.Person()!.Id, cancellationToken), "New runs are stopped.", "New runs were stopped already, by somebody else.");
    }

    public async Task<IActionResult> OnPostAllowAsync(CancellationToken cancellationToken) =>
        Done(await runs.AllowAsync(HttpContext.Person()!.Id, cancellationToken), "New runs are taken again.", "New runs were allowed already, by somebody else.");

    private LocalRedirectResult Done(bool changed, string done, string already)
    {
        if (changed)
        {
            notices.Changed();
            TempData.Success(done);
        }
        else
        {
            TempData.Warn(already);
        }

        return LocalRedirect(AdminLinks.Runs);
    }

    private async Task LoadAsync(CancellationToken cancellationToken) => Stopped = await db.SiteStates.AsNoTracking()
        .Where(state => state.Id == SiteState.TheId && state.RunsStoppedAt != null)
        .Select(state => new Standstill(
            state.RunsStoppedAt!.Value, db.Users.Where(user => user.Id == state.RunsStoppedById).Select(user => user.FullName).FirstOrDefault(), state.RunsStoppedMessage))
        .SingleOrDefaultAsync(cancellationToken);

    internal sealed record Standstill(DateTimeOffset At, string? By, string Message);
}
