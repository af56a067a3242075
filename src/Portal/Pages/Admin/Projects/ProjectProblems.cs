using JobServer.Data.Projects;

namespace JobServer.Portal.Pages.Admin.Projects;

/// <summary>Why a project could not be written, and at which field to say so.</summary>
internal static class ProjectProblems
{
    public static (string Field, string Problem) Of(ProjectOutcome outcome, string slug, string? number) => outcome switch
    {
        ProjectOutcome.AddressTaken => ("Slug", $"Another project of this organisation has the slug '{slug}' already. Choose another one."),
        ProjectOutcome.NumberTaken => ("Number", $"Another project has the number {number} already. Choose another one."),
        ProjectOutcome.OrganisationGone => ("Organisation", "This organisation is not there any more. Choose another one."),
        _ => ("Name", "Nothing was changed: somebody else changed this project meanwhile. Compare with what is stored now, and save again if you still mean what you typed."),
    };
}
