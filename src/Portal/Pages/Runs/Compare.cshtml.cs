using JobServer.Data;
using JobServer.Domain.Access;
using JobServer.Portal.Access;
using JobServer.Portal.CodeHosts;
using JobServer.Portal.Diffs;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace JobServer.Portal.Pages.Runs;

/// <summary>What a request has other than the one before it in its workspace.</summary>
[RequiresPermission(Permission.ViewPublicPages)]
internal sealed class CompareModel(JobServerDb db, CodeHostRouter hosts) : PageModel
{
    [BindProperty(SupportsGet = true)]
    public int Number { get; set; }

    public ComparedRequest This { get; private set; } = null!;

    public ComparedRequest Previous { get; private set; } = null!;

    /// <summary>Null when the files differ too much to be set side by side.</summary>
    public IReadOnlyList<IReadOnlyList<DiffLine>>? Changes { get; private set; }

    public Uri? CodeAddress { get; private set; }

    /// <summary>The workspace got another repository between the two.</summary>
    public bool IsOtherRepository => !string.Equals(This.Repository, Previous.Repository, StringComparison.OrdinalIgnoreCase);

    public RunAddress Address => HttpContext.RunAddress();

    public IEnumerable<string> Added => This.RequestedActions.Except(Previous.RequestedActions, StringComparer.Ordinal);

    public IEnumerable<string> Removed => Previous.RequestedActions.Except(This.RequestedActions, StringComparer.Ordinal);

    public async Task<IActionResult> OnGetAsync(CancellationToken cancellationToken)
    {
        var found = await ComparedRequest.ReadAsync(db, HttpContext.Workspace().Id, Number, cancellationToken);
        if (found is not [var current, ..] || current.Number != Number)
            return NotFound();
        if (found is not [_, var previous])
            return LocalRedirect(Address.Request(Number));
        (This, Previous) = (current, previous);
        Changes = LineDiff.Of(previous.ProjectDefinition, current.ProjectDefinition);
        if (current.Commit != previous.Commit && CodeCommit.IsSha(current.Commit) && CodeCommit.IsSha(previous.Commit)
            && !IsOtherRepository && hosts.Find(current.Repository).Value is { } place)
        {
            CodeAddress = place.Host.CompareAddress(place.Repository, new CodeCommit(previous.Commit), new CodeCommit(current.Commit));
        }

        return Page();
    }
}
