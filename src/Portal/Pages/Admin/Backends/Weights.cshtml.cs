using JobServer.Data;
using JobServer.Data.Backends;
using JobServer.Domain.Access;
using JobServer.Domain.Backends;
using JobServer.Portal.Access;
using JobServer.Portal.Admin;
using JobServer.Portal.Ui;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;

namespace JobServer.Portal.Pages.Admin.Backends;

/// <summary>How many slots jobs take at a backend: an ordered list of rules.</summary>
[RequiresPermission(Permission.ManageBackends)]
internal sealed class WeightsModel(JobServerDb db, JobWeightWrites weights) : PageModel
{
    public const int MostSlots = 1_000;

    private const int MostRules = 100;

    /// <summary>Of the backend as the page shows it.</summary>
    [BindProperty]
    public int Revision { get; set; }

    [BindProperty]
    public string? Action { get; set; }

    [BindProperty]
    public string? Workspace { get; set; }

    [BindProperty]
    public int? Slots { get; set; }

    public int Id { get; private set; }

    public string Name { get; private set; } = "";

    public IReadOnlyList<WeightRule> Rules { get; private set; } = [];

    public async Task<IActionResult> OnGetAsync(int id, CancellationToken cancellationToken)
    {
        if (await LoadAsync(id, cancellationToken) is not { } revision)
        {
            return NotFound();
        }

        Revision = revision;
        return Page();
    }

    public async Task<IActionResult> OnPostAsync(int id, CancellationToken cancellationToken)
    {
        if (await LoadAsync(id, cancellationToken) is null)
        {
            return NotFound();
        }

        var (action, workspace) = (Action?.Trim() ?? "", Workspace?.Trim() ?? "");
        ModelState.AddProblem(nameof(Action), ActionProblem(action));
        ModelState.AddProblem(nameof(Workspace), await WorkspaceProblemAsync(workspace, cancellationToken));
        ModelState.Require(nameof(Slots), Slots is not (>= 1 and <= MostSlots), $"Enter a whole number from 1 to {MostSlots}.");
        return ModelState.IsValid
            ? await SaveAsync([.. Rules, new WeightRule(workspace.Length == 0 ? null : workspace, action, Slots!.Value)], "The rule was added.", cancellationToken)
            : Page();
    }

    public Task<IActionResult> OnPostRemoveAsync(int id, [FromForm] int at, CancellationToken cancellationToken) =>
        RearrangeAsync(id, at, rules => rules.RemoveAt(at), "The rule was removed.", cancellationToken);

    public Task<IActionResult> OnPostUpAsync(int id, [FromForm] int at, CancellationToken cancellationToken) => RearrangeAsync(
        id, at, rules => (rules[Math.Max(0, at - 1)], rules[at]) = (rules[at], rules[Math.Max(0, at - 1)]), "The rule was moved.", cancellationToken);

    private async Task<IActionResult> RearrangeAsync(int id, int at, Action<List<WeightRule>> change, string done, CancellationToken cancellationToken)
    {
        if (await LoadAsync(id, cancellationToken) is null)
        {
            return NotFound();
        }

        // A place that is none belongs to a list that is no more.
        var rules = Rules.ToList();
        if (at < 0 || at >= rules.Count)
        {
            return Stale();
        }

        change(rules);
        return await SaveAsync(rules, done, cancellationToken);
    }

    private async Task<IActionResult> SaveAsync(IReadOnlyList<WeightRule> rules, string done, CancellationToken cancellationToken)
    {
        if (await weights.SetAsync(new BackendEdit(Id, Revision, HttpContext.Person()!.Id), rules, cancellationToken) == BackendOutcome.ChangedMeanwhile)
        {
            return Stale();
        }

        TempData.Success(done);
        return LocalRedirect(AdminLinks.BackendWeights(Id));
    }

    private LocalRedirectResult Stale()
    {
        TempData.Warn("Nothing was changed: somebody else changed the backend meanwhile. These are the rules as they are now; do it again if you still mean it.");
        return LocalRedirect(AdminLinks.BackendWeights(Id));
    }

    private string? ActionProblem(string action) => action switch
    {
        "" => "Enter the name of an action, or *.",
        { Length: > JobWeight.PatternMaxLength } => $"This has at most {JobWeight.PatternMaxLength} characters; yours has {action.Length}.",
        _ when !action.All(letter => char.IsAsciiLetterOrDigit(letter) || letter is '_' or '-' or '*') => "Use letters, digits, hyphens, underscores and *, as names of actions do.",
        _ when Rules.Count >= MostRules => $"A backend has at most {MostRules} rules. Remove one first.",
        _ => null,
    };

    private async Task<string?> WorkspaceProblemAsync(string workspace, CancellationToken cancellationToken) =>
        workspace.Length == 0 || await db.Workspaces.AnyAsync(row => row.Slug == workspace, cancellationToken)
            ? null
            : "No workspace has this name. Write it as in its address, or leave it empty.";

    /// <returns>The backend's revision; null where there is none.</returns>
    private async Task<int?> LoadAsync(int id, CancellationToken cancellationToken)
    {
        var found = await db.Backends.AsNoTracking().Where(row => row.Id == id).Select(row => new { row.Name, row.Revision }).SingleOrDefaultAsync(cancellationToken);
        if (found is null)
        {
            return null;
        }

        (Id, Name) = (id, found.Name);
        Rules = await db.JobWeights.AsNoTracking().Where(row => row.BackendId == id).OrderBy(row => row.Position)
            .Select(row => new WeightRule(row.Workspace, row.ActionPattern, row.Slots))
            .ToListAsync(cancellationToken);
        return found.Revision;
    }
}
