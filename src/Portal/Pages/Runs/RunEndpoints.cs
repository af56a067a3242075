using JobServer.Data;
using JobServer.Domain.Access;
using JobServer.Domain.Jobs;
using JobServer.Portal.Access;
using JobServer.Portal.Jobs;
using JobServer.Portal.Live;
using JobServer.Portal.Studies;
using Microsoft.EntityFrameworkCore;

namespace JobServer.Portal.Pages.Runs;

/// <summary>Addresses about runs that are no pages: live parts, and short ones that lead to the page.</summary>
internal static class RunEndpoints
{
    private const string Workspace = "/{org}/{project}/{workspace}";
    private const string Request = Workspace + "/{number:int}";

    public static void MapRuns(this IEndpointRouteBuilder endpoints)
    {
        var isPublic = new RequiresPermissionAttribute(Permission.ViewPublicPages);
        endpoints.MapGet(Request + "/live", (HttpContext context, int number, LiveRuns live) => live.RequestAsync(context, number))
            .WithMetadata(isPublic);
        endpoints.MapGet(Request + "/{jobId}/live", (HttpContext context, int number, string jobId, LiveRuns live) => live.JobAsync(context, number, jobId))
            .WithMetadata(isPublic);
        endpoints.MapGet($"{Request}/{ProjectFiles.Name}", ProjectFileAsync).WithMetadata(isPublic);
        endpoints.MapGet(JobLinks.EventLog + "/live", (HttpContext context, LiveLog live) => live.EventLogAsync(context)).WithMetadata(isPublic);
        endpoints.MapGet(JobLinks.EventLog + "/choices/{kind}", ChoicesAsync).WithMetadata(isPublic);
        endpoints.MapGet(Workspace + "/run-jobs/live", (HttpContext context, LiveRuns live) => live.LastJobsAsync(context))
            .WithMetadata(new RequiresPermissionAttribute(Permission.RunJobs));
        endpoints.MapGet(Workspace + "/logs/live", (HttpContext context, LiveLog live) => live.WorkspaceAsync(context)).WithMetadata(isPublic);
        endpoints.MapGet("/jobs/{id}", ToJobAsync).WithMetadata(isPublic);
        endpoints.MapGet("/job-requests/{id}", ToRequestAsync).WithMetadata(isPublic);
    }

    /// <summary>The whole project.yaml of a request as plain text.</summary>
    private static async Task<IResult> ProjectFileAsync(HttpContext context, int number, JobServerDb db, CancellationToken cancellationToken)
    {
        var workspaceId = context.Workspace().Id;
        var text = await db.JobRequests.AsNoTracking().Where(request => request.Id == number && request.WorkspaceId == workspaceId)
            .Select(request => request.ProjectDefinition)
            .SingleOrDefaultAsync(cancellationToken);
        return text is null ? Results.NotFound() : Results.Text(text, "text/plain; charset=utf-8");
    }

    /// <summary>The options of one filter for what was typed, as its list takes them.</summary>
    private static async Task<IResult> ChoicesAsync(
        HttpContext context, string kind, JobServerDb db, PartialRenderer renderer, CancellationToken cancellationToken)
    {
        if (kind == RunChoice.UserKind && !context.SeesPeople())
            return Results.NotFound();
        var typed = context.Request.Query[kind].ToString().Trim();
        var choices = await RunChoices.FindAsync(db, kind, typed, cancellationToken);
        return Results.Content(
            await renderer.RenderAsync<IEnumerable<RunChoice>>(context, "/Pages/Runs/_RunChoices.cshtml", choices), "text/html; charset=utf-8");
    }

    private static async Task<IResult> ToJobAsync(string id, JobServerDb db, CancellationToken cancellationToken)
    {
        if (JobPrefix.Parse(id) is not { } prefix)
            return Results.NotFound();
        var found = await prefix.Match(db.Jobs.AsNoTracking())
            .Where(job => job.JobRequest.Workspace.Project.Organisation != null)
            .OrderBy(job => job.Id)
            .Take(2)
            .Select(job => new
            {
                job.Id,
                job.JobRequestId,
                Org = job.JobRequest.Workspace.Project.Organisation!.Slug,
                Project = job.JobRequest.Workspace.Project.Slug,
                Workspace = job.JobRequest.Workspace.Slug,
            })
            .ToListAsync(cancellationToken);
        return found is [var one]
            ? Results.LocalRedirect(JobLinks.Job(one.Org, one.Project, one.Workspace, one.JobRequestId, one.Id))
            : Results.NotFound();
    }

    private static async Task<IResult> ToRequestAsync(string id, JobServerDb db, CancellationToken cancellationToken)
    {
        var number = int.TryParse(id, out var parsed) ? parsed : 0;
        if (number < 1 && id.Length != JobRequest.IdentifierLength)
            return Results.NotFound();
        var identifier = id.ToLowerInvariant();
        var one = await db.JobRequests.AsNoTracking()
            .Where(request => (request.Id == number || request.Identifier == identifier) && request.Workspace.Project.Organisation != null)
            .Select(request => new
            {
                request.Id,
                Org = request.Workspace.Project.Organisation!.Slug,
                Project = request.Workspace.Project.Slug,
                Workspace = request.Workspace.Slug,
            })
            .FirstOrDefaultAsync(cancellationToken);
        return one is null ? Results.NotFound() : Results.LocalRedirect(JobLinks.Request(one.Org, one.Project, one.Workspace, one.Id));
    }
}
