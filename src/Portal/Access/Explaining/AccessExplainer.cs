using JobServer.Data;
using JobServer.Data.Site;
using JobServer.Domain.Access;
using JobServer.Domain.Backends;
using Microsoft.EntityFrameworkCore;

namespace JobServer.Portal.Access.Explaining;

/// <summary>Answers "why can't I?" step by step, from the policy table and the rows that other conditions are read from.</summary>
internal sealed class AccessExplainer(JobServerDb db)
{
    public async Task<IReadOnlyList<AccessStep>> ExplainAsync(AccessQuestion question, CancellationToken cancellationToken)
    {
        var row = PolicyTable.Row(question.Permission);
        if (row.Audience == Audience.Visitor)
        {
            return [new AccessStep(true, $"Everybody may {row.Sentence}, signed in or not.")];
        }

        var (person, signedIn) = await PersonAsync(question.PersonId, cancellationToken);
        var steps = new List<AccessStep> { signedIn };
        if (row.Audience != Audience.SignedIn)
        {
            var rights = await ProjectRights.ReadAsync(db, person, question.ProjectId, cancellationToken);
            steps.Add(Role(row, rights, question.ProjectId is not null));
        }

        if (question.Permission is Permission.RunJobs)
        {
            steps.Add(await BackendAsync(question, cancellationToken));
            steps.Add(await NewRunsAsync(cancellationToken));
        }

        return steps;
    }

    private async Task<(Person? Person, AccessStep Step)> PersonAsync(int? id, CancellationToken cancellationToken)
    {
        if (id is null)
        {
            return (null, new AccessStep(false, "Nobody is signed in.", "Sign in with GitHub."));
        }

        var found = await db.Users.AsNoTracking().Where(user => user.Id == id)
            .Select(user => new { user.Id, user.Login, user.FullName, user.IsActive, Roles = user.Roles.Select(role => role.Role).ToList() })
            .SingleAsync(cancellationToken);
        if (!found.IsActive)
        {
            return (null, new AccessStep(false, $"{found.FullName} is deactivated and cannot sign in.", "A Core Developer can change that."));
        }

        return (
            new Person { Id = found.Id, Login = found.Login, Name = found.FullName, Roles = found.Roles.ToHashSet() },
            new AccessStep(true, $"{found.FullName} can sign in."));
    }

    private static AccessStep Role(PolicyRow row, Rights rights, bool isAboutAProject)
    {
        var names = string.Join(" or ", row.Roles.Select(role => role.Name()));
        if (PolicyTable.Decide(row.Permission, rights).IsAllowed)
        {
            var held = row.Roles.Where(rights.Holds).ToList();
            return new AccessStep(true, held.Count == 0
                ? "Members of the project may."
                : $"The role {held[0].Name()} is held {(rights.GlobalRoles.Contains(held[0]) ? "for all projects" : "in this project")}.");
        }

        var isOfProjects = row.Roles.Any(Roles.OfProjects.Contains) || row.Audience == Audience.Member;
        if (isOfProjects && !isAboutAProject)
        {
            return new AccessStep(null, $"The role {names} is not held for all projects. It may be held in one: choose the project.");
        }

        var help = row.Roles.Count > 0 ? $"Ask {row.Roles[0].GivenBy()}." : "Ask a Core Developer.";
        return isOfProjects && !rights.IsMember
            ? new AccessStep(
                false, $"The role {names} is missing, and so is membership of the project.",
                "Ask an Onboarding Agent or a Core Developer to add the person with that role.")
            : new AccessStep(false, $"The role {names} is missing.", help);
    }

    private async Task<AccessStep> BackendAsync(AccessQuestion question, CancellationToken cancellationToken)
    {
        const string help = "Ask an Onboarding Agent or a Core Developer.";
        var (person, id) = (question.PersonId, question.BackendId);
        var mine = await db.BackendMemberships.AsNoTracking().Where(member => member.UserId == person && (id == null || member.BackendId == id))
            .OrderBy(member => member.Backend.Name)
            .Select(member => new { member.Backend.Name, member.Backend.Mode, member.Backend.ModeMessage })
            .Take(2)
            .ToListAsync(cancellationToken);
        return mine switch
        {
            [] when id is null => new AccessStep(false, "Belongs to no backend: jobs need one to run at.", help),
            [] => new AccessStep(false, "Does not belong to this backend.", help),
            [{ Mode: BackendMode.Active } only, ..] => new AccessStep(true, $"Belongs to the backend {only.Name}."),
            [var only, ..] => new AccessStep(
                true, $"Belongs to the backend {only.Name}, which takes requests but starts {(only.Mode == BackendMode.DatabaseMaintenance ? "no database jobs" : "no jobs")} now. {only.ModeMessage}".TrimEnd()),
        };
    }

    private async Task<AccessStep> NewRunsAsync(CancellationToken cancellationToken)
    {
        var stopped = await RunSwitch.ReadAsync(db, cancellationToken);
        return stopped is null
            ? new AccessStep(true, "New runs are taken.")
            : new AccessStep(false, $"No new runs are taken now. {stopped}".TrimEnd(), "A Core Developer can allow them again.");
    }
}
