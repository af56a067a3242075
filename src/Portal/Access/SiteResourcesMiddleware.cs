using JobServer.Data;
using Microsoft.EntityFrameworkCore;

namespace JobServer.Portal.Access;

/// <summary>
/// Loads the organisation, project and workspace that an address names, and the person's rights there.
/// What does not exist is not found, or found under the address that it has now, before anything else is asked.
/// </summary>
internal sealed class SiteResourcesMiddleware(RequestDelegate next)
{
    public async Task InvokeAsync(HttpContext context, JobServerDb db)
    {
        if (context.GetEndpoint() is not RouteEndpoint)
        {
            // Routing found no address of ours, or says itself that the method is wrong: no permission is at stake.
            context.Response.StatusCode = StatusCodes.Status404NotFound;
            await (context.GetEndpoint()?.RequestDelegate?.Invoke(context) ?? Task.CompletedTask);
            return;
        }

        var person = context.Person();
        var named = await FindAsync(context, db);
        if (Missing(context, named) is { } found)
        {
            await FormerAddressRedirect.AnswerAsync(context, db, found);
            return;
        }

        context.Features.Set(named with { Rights = await ProjectRights.ReadAsync(db, person, named.Project?.Id, context.RequestAborted) });
        await next(context);
    }

    /// <summary>How many names of the address are something, when not all are.</summary>
    private static int? Missing(HttpContext context, SiteResources named) =>
        named.Organisation is null && context.GetRouteValue("org") is string ? 0
        : named.Project is null && context.GetRouteValue("project") is string ? 1
        : named.Workspace is null && context.GetRouteValue("workspace") is string ? 2
        : null;

    /// <summary>As much of what the address names as there is.</summary>
    private static async Task<SiteResources> FindAsync(HttpContext context, JobServerDb db)
    {
        var cancellation = context.RequestAborted;
        var organisation = context.GetRouteValue("org") as string;
        var project = context.GetRouteValue("project") as string;
        var workspace = context.GetRouteValue("workspace") as string;
        if (organisation is null)
        {
            return SiteResources.None;
        }

        var found = await (
            from row in db.Organisations.AsNoTracking().Where(row => row.Slug == organisation)
            from inside in db.Projects.Where(inside => inside.OrganisationId == row.Id && inside.Slug == project).DefaultIfEmpty()
            from place in db.Workspaces.Where(place => place.ProjectId == inside!.Id && place.Slug == workspace).DefaultIfEmpty()
            select new SiteResources
            {
                Organisation = new OrganisationView(row.Id, row.Name, row.Slug),
                Project = inside == null ? null : new ProjectView(inside.Id, inside.Name, inside.Slug, inside.Number),
                Workspace = place == null ? null : new WorkspaceView
                {
                    Id = place.Id,
                    Slug = place.Slug,
                    Repository = place.Repository,
                    Branch = place.Branch,
                    IsArchived = place.IsArchived,
                    ShouldNotify = place.ShouldNotify,
                },
            })
            .SingleOrDefaultAsync(cancellation);
        return found ?? SiteResources.None;
    }
}
