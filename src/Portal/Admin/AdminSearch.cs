using JobServer.Data;
using JobServer.Domain.Access;
using JobServer.Portal.Access;
using JobServer.Portal.Workspaces;
using Microsoft.EntityFrameworkCore;

namespace JobServer.Portal.Admin;

/// <summary>One box over everything that the admin area lists, a few of each kind that the person may look up.</summary>
internal sealed class AdminSearch(JobServerDb db)
{
    private const int Most = 5;

    public async Task<IReadOnlyList<AdminFinds>> FindAsync(HttpContext context, string text, CancellationToken cancellationToken)
    {
        var pattern = LikePattern.Containing(text);
        var query = $"?q={Uri.EscapeDataString(text)}";
        var all = new List<AdminFinds>();
        if (context.May(Permission.ReadApplications))
        {
            all.Add(new AdminFinds("Applications", AdminLinks.Applications + query, await ApplicationsAsync(pattern, cancellationToken)));
        }

        if (context.May(Permission.ViewAdminLists))
        {
            all.Add(new AdminFinds("Backends", AdminLinks.Backends + query, await BackendsAsync(pattern, cancellationToken)));
            all.Add(new AdminFinds("Organisations", AdminLinks.Organisations + query, await OrganisationsAsync(pattern, cancellationToken)));
            all.Add(new AdminFinds("Projects", AdminLinks.Projects + query, await ProjectsAsync(pattern, cancellationToken)));
            all.Add(new AdminFinds("Users", AdminLinks.Users + query, await UsersAsync(pattern, cancellationToken)));
        }

        if (context.May(Permission.ManageWorkspaces))
        {
            all.Add(new AdminFinds("Workspaces", AdminLinks.Workspaces + query, await WorkspacesAsync(pattern, cancellationToken)));
        }

        return [.. all.Where(kind => kind.Found.Count > 0)];
    }

    private Task<List<AdminFind>> ApplicationsAsync(string pattern, CancellationToken cancellationToken) => db.Applications.AsNoTracking()
        .Where(row => row.DeletedAt == null
            && (EF.Functions.Like(row.PublicId, pattern, LikePattern.Escape) || EF.Functions.Like(row.CreatedBy.FullName, pattern, LikePattern.Escape)))
        .OrderByDescending(row => row.Id).Take(Most)
        .Select(row => new AdminFind(row.PublicId, row.CreatedBy.FullName, AdminLinks.Application(row.PublicId))).ToListAsync(cancellationToken);

    private Task<List<AdminFind>> BackendsAsync(string pattern, CancellationToken cancellationToken) => db.Backends.AsNoTracking()
        .Where(row => EF.Functions.Like(row.Name, pattern, LikePattern.Escape) || EF.Functions.Like(row.Slug, pattern, LikePattern.Escape))
        .OrderBy(row => row.Name).ThenBy(row => row.Id).Take(Most)
        .Select(row => new AdminFind(row.Name, row.Slug, AdminLinks.Backend(row.Id))).ToListAsync(cancellationToken);

    private Task<List<AdminFind>> OrganisationsAsync(string pattern, CancellationToken cancellationToken) => db.Organisations.AsNoTracking()
        .Where(row => EF.Functions.Like(row.Name, pattern, LikePattern.Escape) || EF.Functions.Like(row.Slug, pattern, LikePattern.Escape))
        .OrderBy(row => row.Name).ThenBy(row => row.Id).Take(Most)
        .Select(row => new AdminFind(row.Name, row.Slug, AdminLinks.Organisation(row.Id))).ToListAsync(cancellationToken);

    private Task<List<AdminFind>> ProjectsAsync(string pattern, CancellationToken cancellationToken) => db.Projects.AsNoTracking()
        .Where(row => EF.Functions.Like(row.Name, pattern, LikePattern.Escape) || EF.Functions.Like(row.Slug, pattern, LikePattern.Escape)
            || EF.Functions.Like(row.Number!, pattern, LikePattern.Escape))
        .OrderBy(row => row.Name).ThenBy(row => row.Id).Take(Most)
        .Select(row => new AdminFind(row.Name, row.Number ?? row.Slug, AdminLinks.Project(row.Id))).ToListAsync(cancellationToken);

    private Task<List<AdminFind>> UsersAsync(string pattern, CancellationToken cancellationToken) => db.Users.AsNoTracking()
        .Where(row => EF.Functions.Like(row.FullName, pattern, LikePattern.Escape) || EF.Functions.Like(row.Login, pattern, LikePattern.Escape))
        .OrderBy(row => row.FullName).ThenBy(row => row.Id).Take(Most)
        .Select(row => new AdminFind(row.FullName, row.Login, AdminLinks.User(row.Id))).ToListAsync(cancellationToken);

    private Task<List<AdminFind>> WorkspacesAsync(string pattern, CancellationToken cancellationToken) => db.Workspaces.AsNoTracking()
        .Where(row => EF.Functions.Like(row.Slug, pattern, LikePattern.Escape) || EF.Functions.Like(row.Repository, pattern, LikePattern.Escape))
        .OrderBy(row => row.Slug).ThenBy(row => row.Id).Take(Most)
        .Select(row => new AdminFind(row.Slug, row.Project.Name, AdminLinks.Workspace(row.Id))).ToListAsync(cancellationToken);
}
