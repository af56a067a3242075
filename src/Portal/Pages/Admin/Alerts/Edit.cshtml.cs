using JobServer.Data;
using JobServer.Data.Site;
using JobServer.Domain.Access;
using JobServer.Domain.Applications.Forms;
using JobServer.Domain.Site;
using JobServer.Portal.Access;
using JobServer.Portal.Admin;
using JobServer.Portal.Site;
using JobServer.Portal.Ui;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;

namespace JobServer.Portal.Pages.Admin.Alerts;

/// <summary>Writes an alert, and changes one: the address without a number is that of a new one.</summary>
[RequiresPermission(Permission.ManageSiteAlerts)]
internal sealed class EditModel(JobServerDb db, SiteAlertWrites alerts, SiteNotices notices, TimeProvider timeProvider) : PageModel
{
    /// <summary>Null for a new one.</summary>
    [FromRoute(Name = "id")]
    public int? Id { get; set; }

    [BindProperty]
    public AlertInput Input { get; set; } = new();

    public async Task<IActionResult> OnGetAsync(CancellationToken cancellationToken)
    {
        if (Id is null)
        {
            return Page();
        }

        if (await FindAsync(cancellationToken) is not { } alert)
        {
            return NotFound();
        }

        Input = new AlertInput
        {
            Level = alert.Level,
            Title = alert.Title,
            Text = alert.Text,
            Starts = AlertInput.Typed(alert.StartsAt),
            Ends = AlertInput.Typed(alert.EndsAt),
            Revision = alert.Revision,
        };
        return Page();
    }

    public async Task<IActionResult> OnPostAsync(CancellationToken cancellationToken)
    {
        var before = Id is null ? null : await FindAsync(cancellationToken);
        if (Id is not null && before is null)
        {
            return NotFound();
        }

        if (Read(before) is not { } words)
        {
            return Page();
        }

        var person = HttpContext.Person()!.Id;
        if (before is null)
        {
            await alerts.CreateAsync(words, person, cancellationToken);
        }
        else if (!await alerts.ChangeAsync(before.Id, Input.Revision, words, person, cancellationToken))
        {
            ModelState.Remove("Input.Revision");
            Input = Input with { Revision = before.Revision };
            ModelState.AddProblem("Input.Title", $"Nothing was changed: somebody else changed this alert meanwhile. Its title is “{before.Title}” now; save again if you still mean what you typed.");
            return Page();
        }

        notices.Changed();
        TempData.Success("The alert was saved.");
        return LocalRedirect(AdminLinks.Alerts);
    }

    private AlertWords? Read(SiteAlert? before)
    {
        var (title, text) = (Input.Title?.Trim() ?? "", FieldRules.Tidy(Input.Text ?? ""));
        ModelState.Require("Input.Level", !Enum.IsDefined(Input.Level), "Choose one of the list.");
        ModelState.AddProblem("Input.Title", title.Length == 0 ? "Enter a title." : AdminText.Problem(title, SiteAlert.TitleMaxLength, allowsLines: false));
        ModelState.AddProblem("Input.Text", AdminText.Problem(text, SiteAlert.TextMaxLength, allowsLines: true));
        const string Format = "Enter a date with a time, such as 2026-05-14 16:30, or nothing.";
        var isStart = AlertInput.TryRead(Input.Starts, out var start);
        var isEnd = AlertInput.TryRead(Input.Ends, out var end);
        ModelState.AddProblem("Input.Starts", isStart ? null : Format);
        ModelState.AddProblem("Input.Ends", isEnd ? null : Format);

        // A form knows minutes: what was not touched keeps its seconds.
        var starts = before is not null && AlertInput.Typed(before.StartsAt) == Input.Starts ? before.StartsAt : start ?? timeProvider.GetUtcNow();
        var ends = before is not null && AlertInput.Typed(before.EndsAt) == Input.Ends ? before.EndsAt : end;
        ModelState.AddProblem("Input.Ends", isStart && isEnd && ends <= starts ? "The end must be after the start." : null);
        return ModelState.IsValid ? new AlertWords { Level = Input.Level, Title = title, Text = text, StartsAt = starts, EndsAt = ends } : null;
    }

    private Task<SiteAlert?> FindAsync(CancellationToken cancellationToken) =>
        db.SiteAlerts.AsNoTracking().SingleOrDefaultAsync(row => row.Id == Id, cancellationToken);
}
