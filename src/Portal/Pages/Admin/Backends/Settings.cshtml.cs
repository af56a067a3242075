using JobServer.Data;
using JobServer.Data.Backends;
using JobServer.Domain.Access;
using JobServer.Domain.Backends;
using JobServer.Outputs.Disclosure;
using JobServer.Portal.Access;
using JobServer.Portal.Admin;
using JobServer.Portal.Backends;
using JobServer.Portal.Ui;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;

namespace JobServer.Portal.Pages.Admin.Backends;

/// <summary>The name, policies, limits and timing of a backend: a form for each, guarded by the row's revision.</summary>
[RequiresPermission(Permission.ManageBackends)]
internal sealed class SettingsModel(JobServerDb db, BackendWrites backends, ReservedWords reserved) : PageModel
{
    /// <summary>Of the backend as the page shows it.</summary>
    [BindProperty]
    public int Revision { get; set; }

    [BindProperty]
    public SettingsInput Input { get; set; } = new();

    /// <summary>The person read what logs outside the site mean.</summary>
    [BindProperty]
    public bool Sure { get; set; }

    public Backend Of { get; private set; } = null!;

    public string? Warning { get; private set; }

    public async Task<IActionResult> OnGetAsync(int id, CancellationToken cancellationToken)
    {
        if (!await LoadAsync(id, cancellationToken))
        {
            return NotFound();
        }

        Input = SettingsInput.Of(Of);
        Revision = Of.Revision;
        return Page();
    }

    public async Task<IActionResult> OnPostNameAsync(int id, CancellationToken cancellationToken)
    {
        if (!await LoadAsync(id, cancellationToken))
        {
            return NotFound();
        }

        var (name, slug) = (Input.Name?.Trim() ?? "", Input.Slug?.Trim() ?? "");
        ModelState.AddProblem("Input.Name", AdminText.NameProblem(name, Backend.NameMaxLength));
        ModelState.AddProblem("Input.Slug", BackendWords.SlugProblem(slug, reserved));
        Input = SettingsInput.Of(Of) with { Name = Input.Name, Slug = Input.Slug };
        return ModelState.IsValid
            ? await AnswerAsync(await backends.RenameAsync(Edit, name, slug, cancellationToken), "Input.Name", cancellationToken)
            : Page();
    }

    public async Task<IActionResult> OnPostPoliciesAsync(int id, CancellationToken cancellationToken)
    {
        if (!await LoadAsync(id, cancellationToken))
        {
            return NotFound();
        }

        ModelState.AddProblem("Input.Release", Enum.IsDefined(Input.Release) ? null : "Choose one of the list.");
        ModelState.AddProblem("Input.Log", Enum.IsDefined(Input.Log) ? null : "Choose one of the list.");
        Input = SettingsInput.Of(Of) with { Release = Input.Release, Log = Input.Log };
        if (!ModelState.IsValid)
        {
            return Page();
        }

        if (Of.LogPolicy == LogPolicy.SiteOnly && Input.Log != LogPolicy.SiteOnly && !Sure)
        {
            Warning = "Logs leave the site from then on, of every job that starts here. What was sent cannot be called back.";
            return Page();
        }

        return await AnswerAsync(await backends.SetPoliciesAsync(Edit, Input.Release, Input.Log, cancellationToken), "Input.Release", cancellationToken);
    }

    public async Task<IActionResult> OnPostRulesAsync(int id, CancellationToken cancellationToken)
    {
        if (!await LoadAsync(id, cancellationToken))
        {
            return NotFound();
        }

        ModelState.Require("Input.Dialect", Input.Dialect is { } chosen && !Enum.IsDefined(chosen), "Choose one of the list.");
        Input = SettingsInput.Of(Of) with { Dialect = Input.Dialect };
        return ModelState.IsValid
            ? await AnswerAsync(await backends.SetDialectAsync(Edit, Input.Dialect, cancellationToken), "Input.Dialect", cancellationToken)
            : Page();
    }

    public async Task<IActionResult> OnPostDisclosureAsync(int id, CancellationToken cancellationToken)
    {
        if (!await LoadAsync(id, cancellationToken))
        {
            return NotFound();
        }

        var chosen = DisclosureProfiles.All.FirstOrDefault(profile => profile.Name == Input.Profile);
        ModelState.Require("Input.Profile", chosen is null, "Choose one of the list.");
        Input = SettingsInput.Of(Of) with { Profile = Input.Profile };
        return ModelState.IsValid
            ? await AnswerAsync(await backends.SetDisclosureProfileAsync(Edit, chosen!.Name, cancellationToken), "Input.Profile", cancellationToken)
            : Page();
    }

    public async Task<IActionResult> OnPostLimitsAsync(int id, CancellationToken cancellationToken)
    {
        if (!await LoadAsync(id, cancellationToken))
        {
            return NotFound();
        }

        Input = Input with { Name = Of.Name, Slug = Of.Slug, Release = Of.ReleasePolicy, Log = Of.LogPolicy, Dialect = Of.Dialect, Profile = SettingsInput.Of(Of).Profile };
        if (Input.LimitProblem is { } wrong)
        {
            ModelState.AddProblem(wrong.Field, wrong.Problem);
        }

        return ModelState.IsValid
            ? await AnswerAsync(await backends.SetLimitsAsync(Edit, Input.Limits, cancellationToken), "Input.JobMinutes", cancellationToken)
            : Page();
    }

    private BackendEdit Edit => new(Of.Id, Revision, HttpContext.Person()!.Id);

    private async Task<IActionResult> AnswerAsync(BackendOutcome outcome, string field, CancellationToken cancellationToken)
    {
        switch (outcome)
        {
            case BackendOutcome.AddressTaken:
                ModelState.AddProblem("Input.Slug", "Another backend has this slug already. Choose another one.");
                return Page();
            case BackendOutcome.ChangedMeanwhile:
                await LoadAsync(Of.Id, cancellationToken);
                ModelState.Remove(nameof(Revision));
                Revision = Of.Revision;
                ModelState.AddProblem(field, "Nothing was changed: somebody else changed the backend while you had this page open. This form has what you typed; look at the others, and save again if you still want it.");
                return Page();
            default:
                TempData.Success(outcome == BackendOutcome.Changed ? "Saved." : "It was so already.");
                return LocalRedirect(AdminLinks.BackendSettings(Of.Id));
        }
    }

    private async Task<bool> LoadAsync(int id, CancellationToken cancellationToken)
    {
        if (await db.Backends.AsNoTracking().SingleOrDefaultAsync(row => row.Id == id, cancellationToken) is not { } found)
        {
            return false;
        }

        Of = found;
        return true;
    }
}
