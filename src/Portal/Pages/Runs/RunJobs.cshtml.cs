using JobServer.Data;
using JobServer.Domain.Access;
using JobServer.Domain.Pipelines;
using JobServer.Portal.Access;
using JobServer.Portal.CodeHosts;
using JobServer.Portal.Jobs;
using JobServer.Portal.Limits;
using JobServer.Portal.Studies;
using JobServer.Portal.Ui;
using JobServer.Portal.Users;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace JobServer.Portal.Pages.Runs;

/// <summary>Where actions of a study are chosen and submitted.</summary>
[RequiresPermission(Permission.RunJobs)]
[Limited(Limit.Submit)]
internal sealed class RunJobsModel(
    JobServerDb db, ProjectFiles projects, JobSubmitter submitter, SubmissionKeys keys, PersonTokens tokens,
    IHostApplicationLifetime lifetime, IOptions<PipelineOptions> siteRules, Random random, TimeProvider timeProvider) : PageModel
{
    /// <summary>Commits to choose among.</summary>
    private const int NewestCommits = 10;

    /// <summary>Which commit to list the actions of; the branch's newest when it names none.</summary>
    [BindProperty(SupportsGet = true, Name = "commit")]
    public string? Commit { get; set; }

    public IReadOnlyList<CommitLine> Commits { get; private set; } = [];

    /// <summary>Of the commit that is shown, if it is among them.</summary>
    public string? Title => Commits.FirstOrDefault(line => line.Commit == Project?.Commit)?.Title;

    public string Key { get; private set; } = "";

    public IReadOnlySet<string> Chosen { get; private set; } = new HashSet<string>(StringComparer.Ordinal);

    public int? ChosenBackend { get; private set; }

    public bool Force { get; private set; }

    public bool Notify { get; private set; }

    public IReadOnlyList<BackendChoice> Backends { get; private set; } = [];

    public IReadOnlyDictionary<string, JobLine> LastJobs { get; private set; } = new Dictionary<string, JobLine>(StringComparer.Ordinal);

    /// <summary>Where what became of the last jobs is told while the page is open; null where there is nothing to tell.</summary>
    public string? LiveAddress { get; private set; }

    /// <summary>Of the backend that is chosen when the page is drawn, or of the only one. A submit is held to those of the backend it goes to.</summary>
    public PipelineDialect? Dialect => Backends.FirstOrDefault(choice => choice.Id == ChosenBackend)?.Dialect ?? (Backends is [var only] ? only.Dialect : null);

    /// <summary>Backends whose rules are others than those that the page goes by.</summary>
    public IReadOnlyList<string> OtherRules => Project is null ? [] : [.. Backends.Where(choice => (choice.Dialect ?? siteRules.Value.Dialect) != Project.Dialect).Select(choice => choice.Sight.Name)];

    /// <summary>Jobs run at several places for this person.</summary>
    public bool NamesBackends => Backends.Count > 1;

    /// <summary>Null when it could not be read; <see cref="Problem"/> says why.</summary>
    public ProjectFile? Project { get; private set; }

    public CodeHostProblem? Problem { get; private set; }

    public DateTimeOffset Now => timeProvider.GetUtcNow();

    public WorkspaceView Workspace => HttpContext.Workspace();

    public async Task OnGetAsync(CancellationToken cancellationToken)
    {
        Notify = Workspace.ShouldNotify;
        await LoadBackendsAsync(cancellationToken);
        if (NamesBackends)
            ChosenBackend = await LastBackendAsync(cancellationToken);
        await LoadAsync(cancellationToken);
    }

    public async Task<IActionResult> OnPostAsync(RunForm form, CancellationToken cancellationToken)
    {
        var person = HttpContext.Person()!;
        var backendId = form.Backend ?? await OnlyBackendAsync(person.Id, cancellationToken);
        var submission = new JobSubmission
        {
            UserId = person.Id,
            WorkspaceId = Workspace.Id,
            BackendId = backendId ?? 0,
            Actions = form.Actions,
            Commit = form.Commit is { Length: > 0 } shown ? shown : null,
            ForceRunDependencies = form.Force,
            WillNotify = form.Notify,
            CodeHostToken = await tokens.FindAsync(HttpContext, cancellationToken),
        };

        // The first click of two is aborted by the browser: the submission must not end with it.
        var stopping = lifetime.ApplicationStopping;
        var result = form.Key is { Length: SubmissionKeys.Length } key
            ? await keys.OnceAsync($"{person.Id}/{Workspace.Id}/{key}", () => submitter.SubmitAsync(submission, stopping))
            : await submitter.SubmitAsync(submission, stopping);
        switch (result)
        {
            case JobSubmissionResult.Submitted submitted:
                tokens.Spend(HttpContext);
                TempData.Success(submitted.Message);
                return LocalRedirect(HttpContext.RunAddress().Request(submitted.Number));
            case JobSubmissionResult.NothingToDo nothing:
                tokens.Spend(HttpContext);
                TempData.Warn(nothing.Message);
                return LocalRedirect(HttpContext.RunAddress().Request(nothing.Number));
            case JobSubmissionResult.Refused refused:
                ModelState.AddModelError(FieldOf(refused.Why), refused.Message);
                break;
            case JobSubmissionResult.CodeNotRead { Problem.Failure: CodeHostFailure.CommitNotOnBranch } moved:
                // Nothing else is amiss: the page shows the newest commit.
                form.Commit = null;
                ModelState.AddModelError("", moved.Message);
                break;
            default:
                // The page reads the code again and shows what is wrong with it.
                ModelState.AddModelError("", result.Message);
                break;
        }

        Chosen = form.Actions.ToHashSet(StringComparer.Ordinal);
        ChosenBackend = form.Backend;
        Force = form.Force;
        Notify = form.Notify;
        Commit = form.Commit;
        await LoadBackendsAsync(cancellationToken);
        await LoadAsync(cancellationToken);
        return Page();
    }

    private static string FieldOf(JobSubmissionRefusal why) => why switch
    {
        JobSubmissionRefusal.NoActions or JobSubmissionRefusal.UnknownAction => "actions",
        JobSubmissionRefusal.NotABackendMember => "backend",
        JobSubmissionRefusal.WorkspaceArchived or JobSubmissionRefusal.WorkspaceNotFound or JobSubmissionRefusal.WorkspaceChanged
            or JobSubmissionRefusal.RunsStopped => "",
    };

    private async Task<int?> OnlyBackendAsync(int userId, CancellationToken cancellationToken)
    {
        var ids = await db.BackendMemberships.AsNoTracking().Where(member => member.UserId == userId)
            .Select(member => member.BackendId).Take(2).ToListAsync(cancellationToken);
        return ids is [var only] ? only : null;
    }

    /// <summary>Where the workspace's newest request went, whoever sent it. No box has the number of one that the person does not belong to.</summary>
    private Task<int?> LastBackendAsync(CancellationToken cancellationToken)
    {
        var workspaceId = Workspace.Id;
        return db.JobRequests.AsNoTracking().Where(request => request.WorkspaceId == workspaceId)
            .OrderByDescending(request => request.Id)
            .Select(request => (int?)request.BackendId)
            .FirstOrDefaultAsync(cancellationToken);
    }

    private async Task LoadBackendsAsync(CancellationToken cancellationToken)
    {
        var userId = HttpContext.Person()!.Id;
        Backends = await db.BackendMemberships.AsNoTracking().Where(member => member.UserId == userId)
            .OrderBy(member => member.Backend.Name)
            .Select(member => new BackendChoice(member.BackendId, member.Backend.Dialect, new BackendSight
            {
                Slug = member.Backend.Slug,
                Name = member.Backend.Name,
                Mode = member.Backend.Mode,
                ModeMessage = member.Backend.ModeMessage,
                LastSeenAt = member.Backend.LastSeenAt,
            }))
            .ToListAsync(cancellationToken);
    }

    private async Task LoadAsync(CancellationToken cancellationToken)
    {
        Key = SubmissionKeys.New(random);
        if (Workspace.IsArchived || Backends.Count == 0)
            return;

        var token = await tokens.FindAsync(HttpContext, cancellationToken);
        var read = await projects.ReadAsync(
            Workspace.Repository, Workspace.Branch, Commit is { Length: > 0 } ? Commit : null, Dialect, token, cancellationToken);
        Project = read.Value;
        Problem = read.Problem;
        if (Project is null)
            return;
        Commits = await projects.ListCommitsAsync(Project, NewestCommits, token, cancellationToken);
        if (Project.Reading.IsValid)
            await LoadLastJobsAsync(cancellationToken);
    }

    private async Task LoadLastJobsAsync(CancellationToken cancellationToken)
    {
        // The revision first: what changes between the two is drawn again, and nothing is missed.
        var revision = await Runs.LastJobs.RevisionAsync(db, Workspace.Id, cancellationToken);
        LastJobs = await Runs.LastJobs.ReadAsync(db, Workspace.Id, cancellationToken);
        LiveAddress = HttpContext.RunAddress().LastJobs(revision, NamesBackends);
    }

    /// <param name="Dialect">The rules that a project.yaml is held to there; null for the site's.</param>
    internal sealed record BackendChoice(int Id, PipelineDialect? Dialect, BackendSight Sight);
}
