using JobServer.Domain.Access;
using JobServer.Portal.Access;
using JobServer.Portal.Ui;

namespace JobServer.Portal.Pages.Runs;

/// <summary>What pages about runs take from the address and the person.</summary>
internal static class RunViewing
{
    public static RunAddress RunAddress(this HttpContext context) =>
        new(context.Organisation().Slug, context.Project().Slug, context.Workspace().Slug);

    public static bool SeesPeople(this HttpContext context) => context.May(Permission.ViewPeopleAndMessages);

    /// <summary>The way to a page of the workspace; <paramref name="more"/> are the steps after it.</summary>
    public static Breadcrumb[] WorkspaceCrumbs(this HttpContext context, params Breadcrumb[] more) =>
    [
        new(context.Organisation().Name, "/" + context.Organisation().Slug),
        new(context.Project().Name, Projects.ProjectLinks.Page(context.Organisation().Slug, context.Project().Slug)),
        new(context.Workspace().Slug, context.RunAddress().Page),
        .. more,
    ];
}
