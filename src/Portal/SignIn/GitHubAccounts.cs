using JobServer.Data;
using JobServer.Data.Audit;
using JobServer.Data.Site;
using JobServer.Data.Users;
using JobServer.Data.Writing;
using JobServer.Domain.Audit;
using JobServer.Domain.Users;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace JobServer.Portal.SignIn;

/// <summary>The account of a person who comes from GitHub: found by GitHub's number, or made.</summary>
internal sealed class GitHubAccounts(
    DatabaseWriter writer, AuditLog audit, SiteSetUp setUp, HostStandings standings, IOptions<PortalOptions> portal, TimeProvider time, ILogger<GitHubAccounts> logger)
{
    public async Task<GitHubArrival> ArriveAsync(GitHubProfile profile, CancellationToken cancellation)
    {
        try
        {
            return await TryAsync(profile, cancellation);
        }
        catch (DbUpdateException)
        {
            // The same person in two tabs at once, on a database that lets both begin: the second finds the account.
            return await TryAsync(profile, cancellation);
        }
    }

    /// <summary>Takes what GitHub says of somebody who is known here: their login, and that it knows them. They did not sign in.</summary>
    public Task MeetAsync(GitHubProfile profile, CancellationToken cancellation) => writer.RunAsync(
        async (db, token) =>
        {
            var user = await db.Users.SingleOrDefaultAsync(row => row.GitHubId == profile.Id && row.IsActive, token);
            if (user is null || (user.Login == profile.Login && user.GoneFromHostAt is null))
            {
                return;
            }

            await FreeLoginAsync(db, profile, token);
            await UpdateAsync(db, user, profile, token);
        },
        cancellation);

    private async Task<GitHubArrival> TryAsync(GitHubProfile profile, CancellationToken cancellation)
    {
        var (arrival, isNew) = await writer.RunAsync((db, token) => ArriveAsync(db, profile, token), cancellation);
        if (arrival.IsRefused)
        {
            SignInLog.Deactivated(logger, arrival.UserId);
        }
        else if (isNew)
        {
            SignInLog.FirstSignIn(logger, arrival.UserId);
        }

        return arrival;
    }

    private async Task<(GitHubArrival Arrival, bool IsNew)> ArriveAsync(JobServerDb db, GitHubProfile profile, CancellationToken cancellation)
    {
        var user = await db.Users.SingleOrDefaultAsync(row => row.GitHubId == profile.Id, cancellation);
        if (user is { IsActive: false })
        {
            return (new GitHubArrival(user.Id, IsRefused: true, NeedsName: false), false);
        }

        await FreeLoginAsync(db, profile, cancellation);
        var isNew = user is null;
        if (user is null)
        {
            user = new User
            {
                GitHubId = profile.Id,
                Login = profile.Login,
                FullName = profile.Name ?? profile.Login,
                Email = profile.Email,
                PictureAddress = profile.PictureAddress,
                CreatedAt = time.GetUtcNow(),
            };
            db.Users.Add(user);
            await db.SaveChangesAsync(cancellation);
            await audit.AppendAsync(db, user.Id, AuditAct.UserCreated, $"user:{user.Id}", new { profile.Login, gitHubId = profile.Id }, cancellation);
        }
        else
        {
            await UpdateAsync(db, user, profile, cancellation);
        }

        if (portal.Value.FirstAdmin is { Length: > 0 } first && string.Equals(first, profile.Login, StringComparison.OrdinalIgnoreCase))
        {
            await setUp.UseSettingAsync(db, user.Id, cancellation);
        }

        return (new GitHubArrival(user.Id, IsRefused: false, NeedsName: profile.Name is null && user.FullName == user.Login), isNew);
    }

    /// <summary>The name stays as the person has it here: it can be changed in the settings.</summary>
    private async Task UpdateAsync(JobServerDb db, User user, GitHubProfile profile, CancellationToken cancellation)
    {
        if (user.Login != profile.Login)
        {
            var before = user.Login;
            if (user.FullName == before)
            {
                user.FullName = profile.Name ?? profile.Login;
            }

            user.Login = profile.Login;
            await audit.AppendAsync(db, user.Id, AuditAct.LoginChanged, $"user:{user.Id}", new { before, after = profile.Login }, cancellation);
        }

        user.Email = profile.Email ?? user.Email;
        user.PictureAddress = profile.PictureAddress;
        await db.SaveChangesAsync(cancellation);
        await standings.ReturnedAsync(db, user.Id, cancellation);
    }

    /// <summary>A login that somebody gave up may be another's now; whoever had it here keeps the account under another one.</summary>
    private async Task FreeLoginAsync(JobServerDb db, GitHubProfile profile, CancellationToken cancellation)
    {
        var login = profile.Login;
        var holder = await db.Users.AsNoTracking().Where(row => row.Login == login && (row.GitHubId == null || row.GitHubId != profile.Id))
            .Select(row => new { row.Id, row.Login }).SingleOrDefaultAsync(cancellation);
        if (holder is null)
        {
            return;
        }

        var other = $"old-login-{holder.Id}";
        for (var number = 2; await db.Users.AnyAsync(row => row.Login == other, cancellation); number++)
        {
            other = $"old-login-{holder.Id}-{number}";
        }

        await db.Users.Where(row => row.Id == holder.Id).ExecuteUpdateAsync(
            set => set.SetProperty(row => row.Login, other).SetProperty(row => row.Revision, row => row.Revision + 1), cancellation);
        await audit.AppendAsync(db, null, AuditAct.LoginChanged, $"user:{holder.Id}", new { before = holder.Login, after = other }, cancellation);
    }
}
