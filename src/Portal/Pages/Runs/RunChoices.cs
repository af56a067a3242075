using JobServer.Data;
using Microsoft.EntityFrameworkCore;

namespace JobServer.Portal.Pages.Runs;

/// <summary>What the menus of a log offer.</summary>
internal sealed record RunChoices
{
    private const int Most = 2_000;

    public required IReadOnlyList<string> Backends { get; init; }

    /// <summary>Empty in the log of one workspace.</summary>
    public required IReadOnlyList<string> Workspaces { get; init; }

    /// <summary>Empty for visitors.</summary>
    public required IReadOnlyList<UserChoice> Users { get; init; }

    public static async Task<RunChoices> ReadAsync(JobServerDb db, int? workspaceId, bool seesPeople, CancellationToken cancellationToken) => new()
    {
        Backends = await db.Backends.AsNoTracking().OrderBy(backend => backend.Slug).Select(backend => backend.Slug).Take(Most).ToListAsync(cancellationToken),
        Workspaces = workspaceId is not null ? [] : await db.Workspaces.AsNoTracking()
            .OrderBy(workspace => workspace.Slug).Select(workspace => workspace.Slug).Take(Most).ToListAsync(cancellationToken),
        Users = !seesPeople ? [] : await db.Users.AsNoTracking()
            .Where(user => db.JobRequests.Any(request => request.CreatedById == user.Id && (workspaceId == null || request.WorkspaceId == workspaceId)))
            .OrderBy(user => user.Login).Select(user => new UserChoice(user.Login, user.FullName)).Take(Most).ToListAsync(cancellationToken),
    };

    internal sealed record UserChoice(string Login, string Name);
}
