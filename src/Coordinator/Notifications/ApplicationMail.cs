using JobServer.Data.Notifications;
using JobServer.Domain.Access;

namespace JobServer.Coordinator.Notifications;

internal static class ApplicationMail
{
    public static MailWords Received(ApplicationNotice notice) => new()
    {
        Subject = $"Application received: {notice.StudyName}",
        Paragraphs =
        [
            $"Thank you, {notice.Applicant}. Your application for the study {notice.StudyName} has been received.",
            "It is now with the reviewers. Your list of applications shows what they decide.",
        ],
        Facts = [("Study", notice.StudyName), ("Reference", notice.PublicId)],
        Link = ("See the application", $"/applications/{notice.PublicId}"),
        Why = MailReasons.Applied,
    };

    public static MailWords Reviewed(ApplicationReviewedNotice notice) => new()
    {
        Subject = $"{notice.Status}: your application for {notice.StudyName}",
        Paragraphs =
        [
            $"Hello {notice.Applicant}. The status of your application for the study {notice.StudyName} is now {notice.Status}.",
            .. CommentOf(notice.Comment),
            notice.CanChange
                ? "You can change the application now, and submit it again. Beside each page you see what the reviewers say of it."
                : "You can read the application, and what the reviewers say of its pages. It cannot be changed as it is now.",
        ],
        Facts = [("Study", notice.StudyName), ("Reference", notice.PublicId), ("Status", notice.Status)],
        Link = ("See the application", $"/applications/{notice.PublicId}"),
        Why = MailReasons.Applied,
    };

    /// <summary>Says what to do next: what is still missing, and who can help.</summary>
    public static MailWords Approved(ApplicationApprovedNotice notice) => new()
    {
        Subject = $"Approved Fully: your application for {notice.StudyName}",
        Paragraphs =
        [
            $"Hello {notice.Applicant}. Your application for the study {notice.StudyName} is approved, and the project {notice.Project} was made for it. "
                + $"You are a member of it with the roles: {string.Join(", ", notice.Roles)}.",
            .. CommentOf(notice.Comment),
            .. NextSteps(notice),
        ],
        Facts = [("Project", notice.Project), ("Organisation", notice.Organisation ?? "none yet"), ("Reference", notice.PublicId)],
        Link = notice.Path is { } path ? ("Open the project", path) : ("See your applications", "/applications"),
        Why = MailReasons.Applied,
    };

    private static IEnumerable<string> NextSteps(ApplicationApprovedNotice notice)
    {
        if (notice.Organisation is null)
        {
            yield return $"The project belongs to no organisation yet, and has no page until it does. {Givers(Permission.AddProjectsToOrganisations)} attaches it to one and adds you there.";
        }
        else if (!notice.IsInOrganisation)
        {
            yield return $"You do not belong to the organisation {notice.Organisation} yet. {Givers(Permission.AddPeopleToOrganisations)} can add you.";
        }

        if (!notice.HasBackend)
        {
            yield return $"You belong to no backend yet, so your jobs have nowhere to run. {Givers(Permission.AddPeopleToBackends)} can add you to one.";
        }

        if (notice is { Organisation: not null, HasBackend: true })
        {
            yield return "Everything is ready: open the project, create a workspace, and run your jobs.";
        }
    }

    private static IEnumerable<string> CommentOf(string comment) => comment.Length > 0 ? [$"The comment on it: {comment}"] : [];

    private static string Givers(Permission permission) =>
        string.Join(" or ", PolicyTable.Row(permission).Roles.Select(role => role.Name()).Select((name, index) => (name[0], index) switch
        {
            ('O', 0) => $"An {name}",
            (_, 0) => $"A {name}",
            ('O', _) => $"an {name}",
            _ => $"a {name}",
        }));
}
