using JobServer.Data;
using JobServer.Domain.Access;
using Microsoft.EntityFrameworkCore;

namespace JobServer.Portal.Projects;

/// <summary>What stands between a person and running jobs, in the order in which it is put right.</summary>
internal sealed class MissingSteps(JobServerDb db)
{
    private const int MostNamed = 5;

    /// <summary>Anywhere on the site.</summary>
    public async Task<IReadOnlyList<MissingStep>> OfPersonAsync(int personId, CancellationToken cancellationToken)
    {
        var facts = await db.Users.AsNoTracking().Where(user => user.Id == personId)
            .Select(user => new
            {
                Organisations = db.OrganisationMemberships.Count(member => member.UserId == personId),
                Projects = db.ProjectMemberships.Count(member => member.UserId == personId),
                IsDeveloper = db.ProjectMemberships.Any(member => member.UserId == personId && member.Roles.Any(role => role.Role == Role.ProjectDeveloper))
                    || user.Roles.Any(role => role.Role == Role.ProjectDeveloper),
                Backends = db.BackendMemberships.Count(member => member.UserId == personId),
            })
            .SingleAsync(cancellationToken);
        var steps = new List<MissingStep>();
        if (facts.Projects == 0)
        {
            steps.Add(new MissingStep(
                $"You are in no project yet. Apply for one, or ask {GiversOf(Permission.AddMembers)} to add you to one.", "Start a new project", "/apply"));
        }
        else if (!facts.IsDeveloper)
        {
            steps.Add(new MissingStep(
                $"You have the role {Role.ProjectDeveloper.Name()} in none of your projects. {Sentence(Role.ProjectDeveloper.GivenBy())} can give it to you."));
        }

        if (facts.Organisations == 0)
        {
            steps.Add(new MissingStep($"You belong to no organisation. {Sentence(GiversOf(Permission.AddPeopleToOrganisations))} can add you to one."));
        }

        if (facts.Backends == 0)
        {
            steps.Add(NoBackend());
        }

        return steps;
    }

    /// <summary>In one project, for somebody who is signed in.</summary>
    public async Task<IReadOnlyList<MissingStep>> OfProjectAsync(int personId, int projectId, Rights rights, CancellationToken cancellationToken)
    {
        var steps = new List<MissingStep>();
        if (!rights.May(Permission.RunJobs))
        {
            var coordinators = await db.ProjectMemberships.AsNoTracking()
                .Where(member => member.ProjectId == projectId && member.User.IsActive && member.Roles.Any(role => role.Role == Role.ProjectCoordinator))
                .OrderBy(member => member.User.FullName)
                .Select(member => member.User.FullName)
                .Take(MostNamed)
                .ToListAsync(cancellationToken);
            var here = coordinators.Count == 0 ? "" : $" Coordinators here: {string.Join(", ", coordinators)}.";
            steps.Add(new MissingStep(rights.IsMember
                ? PolicyTable.Decide(Permission.RunJobs, rights).Explanation + here
                : $"You are no member of this project. {Sentence(GiversOf(Permission.AddMembers))} can add you.{here}"));
        }

        if (!await db.BackendMemberships.AnyAsync(member => member.UserId == personId, cancellationToken))
        {
            steps.Add(NoBackend());
        }

        return steps;
    }

    private static MissingStep NoBackend() => new(
        $"You belong to no backend, so your jobs have nowhere to run. Ask {GiversOf(Permission.AddPeopleToBackends)} to add you to one.", "See the backends", "/status");

    /// <summary>“an Onboarding Agent or a Core Developer”.</summary>
    private static string GiversOf(Permission permission) =>
        string.Join(" or ", PolicyTable.Row(permission).Roles.Select(role => role.Name() is var name && name[0] is 'O' ? $"an {name}" : $"a {role.Name()}"));

    private static string Sentence(string text) => char.ToUpperInvariant(text[0]) + text[1..];
}
