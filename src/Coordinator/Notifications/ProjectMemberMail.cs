using JobServer.Data.Notifications;

namespace JobServer.Coordinator.Notifications;

internal static class ProjectMemberMail
{
    public static MailWords Added(ProjectMemberNotice notice) => new()
    {
        Subject = $"You were added to the project {notice.Project}",
        Paragraphs =
        [
            $"You are a member of the project {notice.Project} now.",
            notice.Roles.Count == 0
                ? "You have no role in it yet: a Project Coordinator of the project can give you one."
                : $"Your roles in it: {string.Join(", ", notice.Roles)}.",
        ],
        Link = ("See the project", notice.Path),
        Why = MailReasons.Account,
    };

    public static MailWords RolesChanged(ProjectMemberNotice notice) => new()
    {
        Subject = $"Your roles in the project {notice.Project}",
        Paragraphs =
        [
            notice.Roles.Count == 0
                ? $"You are a member of the project {notice.Project} and have no role there any more."
                : $"Your roles in the project {notice.Project} are now: {string.Join(", ", notice.Roles)}.",
            "A Project Coordinator of the project, or somebody who looks after this site, changed them.",
        ],
        Link = ("See the project", notice.Path),
        Why = MailReasons.Account,
    };

    public static MailWords Removed(ProjectMemberNotice notice) => new()
    {
        Subject = $"You were removed from the project {notice.Project}",
        Paragraphs =
        [
            $"You are no longer a member of the project {notice.Project}. You cannot run jobs or see released files there any more.",
            "If that is a mistake, ask a Project Coordinator of the project. An Onboarding Agent or a Core Developer can add you again.",
        ],
        Link = ("See the project", notice.Path),
        Why = MailReasons.Account,
    };
}
