using JobServer.Data;
using JobServer.Portal.Workspaces;
using Microsoft.EntityFrameworkCore;

namespace JobServer.Portal.Pages.Runs;

/// <summary>What the filters of a log offer while one types. Where there is more, typing asks again.</summary>
internal static class RunChoices
{
    private const int Most = 50;

    /// <summary>The first of each kind, for a page that is drawn.</summary>
    public static async Task<ILookup<string, RunChoice>> ReadAsync(JobServerDb db, bool ofAllWorkspaces, bool seesPeople, CancellationToken cancellationToken)
    {
        var choices = First(Backends(db));
        if (ofAllWorkspaces)
            choices = choices.Concat(First(Workspaces(db)));
        if (seesPeople)
            choices = choices.Concat(First(Users(db)));
        return (await choices.ToListAsync(cancellationToken)).ToLookup(choice => choice.Kind, StringComparer.Ordinal);
    }

    /// <summary>Those that hold what was typed; none for a kind that does not exist.</summary>
    public static async Task<IReadOnlyList<RunChoice>> FindAsync(JobServerDb db, string kind, string typed, CancellationToken cancellationToken)
    {
        var all = kind switch
        {
            RunChoice.BackendKind => Backends(db),
            RunChoice.WorkspaceKind => Workspaces(db),
            RunChoice.UserKind => Users(db),
            _ => null,
        };
        var pattern = LikePattern.Containing(typed);
        return all is null ? [] : await First(all.Where(
                choice => EF.Functions.Like(choice.Value, pattern, LikePattern.Escape) || EF.Functions.Like(choice.Label, pattern, LikePattern.Escape)))
            .ToListAsync(cancellationToken);
    }

    /// <summary>What the filter names, in one query.</summary>
    public static async Task<RunNames> ResolveAsync(JobServerDb db, RunFilter filter, CancellationToken cancellationToken)
    {
        var (backend, workspace, user) = (filter.Backend, filter.Workspace, filter.User);
        if (backend.Length + workspace.Length + user.Length == 0)
            return new RunNames(null, null, null, []);
        var named = await Backends(db).Where(row => row.Value == backend)
            .Concat(Workspaces(db).Where(row => row.Value == workspace))
            .Concat(Users(db).Where(row => row.Value == user))
            .ToListAsync(cancellationToken);
        int? IdOf(string kind) => named.Find(choice => choice.Kind == kind)?.Id;
        var (backendId, workspaceId, userId) = (IdOf(RunChoice.BackendKind), IdOf(RunChoice.WorkspaceKind), IdOf(RunChoice.UserKind));
        var problems = new List<string>();
        if (backend.Length > 0 && backendId is null)
            problems.Add("There is no such backend. Choose one of those that are offered while you type.");
        if (workspace.Length > 0 && workspaceId is null)
            problems.Add("There is no such workspace. Choose one of those that are offered while you type.");
        if (user.Length > 0 && userId is null)
            problems.Add("There is no such user. Choose one of those that are offered while you type.");
        return new RunNames(backendId, workspaceId, userId, problems);
    }

    private static IQueryable<RunChoice> Backends(JobServerDb db) => db.Backends.AsNoTracking()
        .Select(row => new RunChoice { Kind = RunChoice.BackendKind, Id = row.Id, Value = row.Slug, Label = row.Name });

    private static IQueryable<RunChoice> Workspaces(JobServerDb db) => db.Workspaces.AsNoTracking()
        .Select(row => new RunChoice { Kind = RunChoice.WorkspaceKind, Id = row.Id, Value = row.Slug, Label = row.Project.Name });

    private static IQueryable<RunChoice> Users(JobServerDb db) => db.Users.AsNoTracking()
        .Select(row => new RunChoice { Kind = RunChoice.UserKind, Id = row.Id, Value = row.Login, Label = row.FullName });

    private static IQueryable<RunChoice> First(IQueryable<RunChoice> choices) => choices.OrderBy(choice => choice.Value).Take(Most);
}
