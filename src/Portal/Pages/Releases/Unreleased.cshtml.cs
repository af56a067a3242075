using JobServer.Data;
using JobServer.Data.Releases.Requests;
using JobServer.Domain.Access;
using JobServer.Domain.Releases.Requests;
using JobServer.Portal.Access;
using JobServer.Portal.Admin;
using JobServer.Portal.Releases.Reviews;
using JobServer.Portal.Releases.Unreleased;
using JobServer.Portal.Ui;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;

namespace JobServer.Portal.Pages.Releases;

/// <summary>The files that were not released, each with the reason, and the form that asks for their release.</summary>
[RequiresPermission(Permission.RequestRelease)]
internal sealed class UnreleasedModel(JobServerDb db, ReleaseRequestWrites requests) : PageModel
{
    /// <summary>Shorter ones say nothing to a checker.</summary>
    private const int TextMinLength = 20;

    private const int MostFiles = 200;

    /// <summary>Numbers of the files that are asked for.</summary>
    [BindProperty]
    public List<long> Chosen { get; set; } = [];

    /// <summary>Why a file may leave although a check failed, by its number. Read by hand: a bound dictionary takes other fields for its own.</summary>
    public IReadOnlyDictionary<long, string> Exceptions { get; private set; } = new Dictionary<long, string>();

    [BindProperty]
    public string? Context { get; set; }

    [BindProperty]
    public string? Controls { get; set; }

    public IReadOnlyList<UnreleasedFile> Files { get; private set; } = [];

    public bool HasMore { get; private set; }

    /// <summary>The returned request that this form submits again; null for a new one.</summary>
    public ReviewView? Returned { get; private set; }

    /// <summary>Requests of the workspace, the newest first.</summary>
    public IReadOnlyList<(int Number, ReleaseRequestState State, DateTimeOffset SubmittedAt)> Requests { get; private set; } = [];

    public string Here => Portal.Releases.ReleaseLinks.Unreleased(HttpContext.Organisation().Slug, HttpContext.Project().Slug, HttpContext.Workspace().Slug);

    public async Task<IActionResult> OnGetAsync(int? request, CancellationToken cancellationToken)
    {
        if (!await LoadAsync(request, cancellationToken))
        {
            return NotFound();
        }

        if (Returned is { } returned)
        {
            (Context, Controls) = (returned.Context, returned.Controls);
            var asked = returned.Files.ToDictionary(file => file.Path, file => file.Exception, StringComparer.Ordinal);
            var again = Files.Where(file => !file.IsAtSite && file.Backend == returned.Backend && asked.ContainsKey(file.Path)).ToList();
            Chosen = [.. again.Select(file => file.Id)];
            Exceptions = again.ToDictionary(file => file.Id, file => asked[file.Path]);
        }

        return Page();
    }

    public async Task<IActionResult> OnPostAsync(int? request, CancellationToken cancellationToken)
    {
        if (!await LoadAsync(request, cancellationToken))
        {
            return NotFound();
        }

        Exceptions = Files.ToDictionary(file => file.Id, file => Request.Form[ExceptionField(file.Id)].ToString());
        var (context, controls) = (Context?.Trim() ?? "", Controls?.Trim() ?? "");
        ModelState.AddProblem(nameof(Chosen), FilesProblem);
        ModelState.Require(nameof(Context), context.Length is < TextMinLength or > ReleaseRequest.TextMaxLength, LengthProblem("what the files show"));
        ModelState.Require(nameof(Controls), controls.Length is < TextMinLength or > ReleaseRequest.TextMaxLength, LengthProblem("what was done against disclosure"));
        if (!ModelState.IsValid)
        {
            return Page();
        }

        var files = Chosen.Distinct().ToDictionary(id => id, id => Exceptions.GetValueOrDefault(id) ?? "");
        var ask = new AskForRelease(HttpContext.Workspace().Id, HttpContext.Person()!.Id, files, context, controls);
        return Answer(Returned is { } returned
            ? await requests.ResubmitAsync(returned.Number, returned.Turn, ask, cancellationToken)
            : await requests.AskAsync(ask, cancellationToken));
    }

    /// <summary>The form field of a file's exception.</summary>
    public static string ExceptionField(long fileId) => $"exception-{fileId}";

    /// <summary>Null when they can be asked for together.</summary>
    private string? FilesProblem => Chosen.Count switch
    {
        0 => "Choose at least one file.",
        > MostFiles => $"Choose at most {MostFiles} files; nobody can check more at once.",
        _ when Exceptions.Values.Any(text => text.Length > ReleaseRequestFile.ExceptionMaxLength) => $"A reason has at most {ReleaseRequestFile.ExceptionMaxLength} characters.",
        _ => null,
    };

    private static string LengthProblem(string what) => $"Say {what}, in {TextMinLength} to {ReleaseRequest.TextMaxLength:N0} characters: checkers know nothing else of the study.";

    private IActionResult Answer(AskOutcome outcome)
    {
        switch (outcome)
        {
            case AskOutcome.Asked asked:
                TempData.Success("You asked for the release. Two output checkers decide, and you get a message.");
                return LocalRedirect(ReviewLinks.Request(HttpContext.Organisation().Slug, HttpContext.Project().Slug, HttpContext.Workspace().Slug, asked.RequestId));
            case AskOutcome.HasOpen open:
                ModelState.AddProblem(nameof(Chosen), $"Request {open.RequestId} of this workspace is not ended yet. Withdraw it, or wait for its end.");
                break;
            case AskOutcome.SeveralBackends:
                ModelState.AddProblem(nameof(Chosen), "Choose files of one backend at a time: each site's files are decided on for themselves.");
                break;
            case AskOutcome.ExceptionMissing missing:
                ModelState.AddProblem(nameof(Chosen), $"A check failed for {(missing.FileIds.Count == 1 ? "one file" : $"{missing.FileIds.Count} files")}: say under each why it may leave all the same, or leave it out.");
                break;
            default:
                ModelState.AddProblem(nameof(Chosen), "Nothing was asked for: a file was made anew or released, or the request changed, while you had this page open. Look at the list again.");
                break;
        }

        return Page();
    }

    private async Task<bool> LoadAsync(int? request, CancellationToken cancellationToken)
    {
        var workspaceId = HttpContext.Workspace().Id;
        if (request is { } number)
        {
            Returned = await ReviewQueries.FindAsync(db, number, cancellationToken);
            if (Returned?.WorkspaceId != workspaceId || Returned.State != ReleaseRequestState.Returned)
            {
                return false;
            }
        }

        var files = await UnreleasedFiles.ReadAsync(db, workspaceId, cancellationToken);
        HasMore = files.Count > UnreleasedFiles.MaxListed;
        Files = [.. files.Take(UnreleasedFiles.MaxListed)];
        var rows = await db.ReleaseRequests.AsNoTracking().Where(row => row.WorkspaceId == workspaceId).OrderByDescending(row => row.Id).Take(20)
            .Select(row => new { row.Id, row.State, row.SubmittedAt }).ToListAsync(cancellationToken);
        Requests = [.. rows.Select(row => (row.Id, row.State, row.SubmittedAt))];
        return true;
    }
}
