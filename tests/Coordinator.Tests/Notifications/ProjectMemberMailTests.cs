using JobServer.Coordinator.Notifications;
using JobServer.Data.Notifications;
using JobServer.Domain.Notifications;

namespace JobServer.Coordinator.Tests.Notifications;

public sealed class ProjectMemberMailTests
{
    [Fact]
    public void A_member_reads_the_roles_they_have_now()
    {
        var mail = Of(MessageTemplate.ProjectRolesChanged, "Asthma\r\nBcc: everybody@example.org", "Project Collaborator", "Project Developer");

        Assert.Contains("are now: Project Collaborator, Project Developer.", mail.TextBody, StringComparison.Ordinal);
        Assert.Contains("https://jobs.example.org/org/asthma", mail.TextBody, StringComparison.Ordinal);
        Assert.Empty(mail.Bcc);
    }

    [Fact]
    public void A_new_member_reads_where_they_were_added_and_as_what()
    {
        var mail = Of(MessageTemplate.AddedToProject, "Asthma", "Project Developer");

        Assert.Equal("You were added to the project Asthma", mail.Subject);
        Assert.Contains("Your roles in it: Project Developer.", mail.TextBody, StringComparison.Ordinal);
        Assert.Contains("https://jobs.example.org/org/asthma", mail.TextBody, StringComparison.Ordinal);
        Assert.Contains("no role in it yet", Of(MessageTemplate.AddedToProject, "Asthma").TextBody, StringComparison.Ordinal);
    }

    [Fact]
    public void A_member_without_roles_and_a_removed_one_are_told_apart()
    {
        Assert.Contains("have no role there any more", Of(MessageTemplate.ProjectRolesChanged, "Asthma").TextBody, StringComparison.Ordinal);
        Assert.Contains("You are no longer a member of the project Asthma", Of(MessageTemplate.RemovedFromProject, "Asthma").TextBody, StringComparison.Ordinal);
    }

    private static MimeKit.MimeMessage Of(MessageTemplate template, string project, params string[] roles) => Mails.Of(
        Outbox.Message(template, "member@example.org", new ProjectMemberNotice { Project = project, Path = "/org/asthma", Roles = roles }, DateTimeOffset.UnixEpoch),
        new MailOptions { PortalAddress = "https://jobs.example.org/" });
}
