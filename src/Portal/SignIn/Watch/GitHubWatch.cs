using JobServer.Data;
using JobServer.Data.Users;
using JobServer.Portal.CodeHosts;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace JobServer.Portal.SignIn.Watch;

/// <summary>
/// Asks GitHub once a day about everybody who came from it: who is called otherwise by now, who left and who is back. People are
/// asked for by their number, which never becomes another's.
/// </summary>
internal sealed class GitHubWatch(
    IDbContextFactory<JobServerDb> contexts, GitHubProfiles profiles, GitHubAccounts accounts, HostStandings standings,
    IOptions<GitHubOptions> gitHub, TimeProvider time, ILogger<GitHubWatch> logger) : BackgroundService
{
    /// <summary>Between two questions: 1,800 people in an hour, well below what GitHub allows an app.</summary>
    private static readonly TimeSpan Pace = TimeSpan.FromSeconds(2);

    /// <summary>Before somebody whom GitHub does not find is looked for again; a fault of a minute marks nobody.</summary>
    private static readonly TimeSpan SecondLook = TimeSpan.FromMinutes(15);

    /// <summary>A service that starts has better things to do.</summary>
    private static readonly TimeSpan BeforeFirst = TimeSpan.FromMinutes(10);

    private static readonly TimeSpan BetweenRounds = TimeSpan.FromHours(24);

    /// <summary>Without the app's credentials GitHub answers sixty questions in an hour, and nobody signs in with it either.</summary>
    private bool IsOn => gitHub.Value is { ClientId.Length: > 0, ClientSecret.Length: > 0 };

    /// <summary>One look at everybody: names are brought up to date, and who is back is back.</summary>
    /// <returns>Whom GitHub does not know, to be confirmed later.</returns>
    public async Task<IReadOnlyList<Watched>> LookAsync(CancellationToken cancellationToken) => await LookAsync(await PeopleAsync(cancellationToken), cancellationToken);

    /// <summary>A second look at those: whom GitHub still does not know has left.</summary>
    public async Task ConfirmAsync(IReadOnlyList<Watched> missed, CancellationToken cancellationToken)
    {
        foreach (var person in await LookAsync(missed, cancellationToken))
        {
            if (await standings.LeftAsync(person.UserId, cancellationToken))
            {
                SignInLog.Gone(logger, person.UserId);
            }
        }
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (!IsOn)
        {
            return;
        }

        var wait = BeforeFirst;
        while (true)
        {
            await Task.Delay(wait, time, stoppingToken);
            wait = BetweenRounds;
            try
            {
                if (await LookAsync(stoppingToken) is { Count: > 0 } missed)
                {
                    await Task.Delay(SecondLook, time, stoppingToken);
                    await ConfirmAsync(missed, stoppingToken);
                }
            }
            catch (Exception error) when (error is not OperationCanceledException)
            {
                SignInLog.WatchFailed(logger, error);
            }
        }
    }

    /// <returns>Whom GitHub does not know; nobody further once it answers no more.</returns>
    private async Task<List<Watched>> LookAsync(IReadOnlyList<Watched> people, CancellationToken cancellationToken)
    {
        var missed = new List<Watched>();
        for (var at = 0; at < people.Count; at++)
        {
            if (at > 0)
            {
                await Task.Delay(Pace, time, cancellationToken);
            }

            switch (await profiles.LookAsync(people[at].GitHubId, cancellationToken))
            {
                case GitHubSight.Known known:
                    await accounts.MeetAsync(known.Profile, cancellationToken);
                    break;
                case GitHubSight.Unknown:
                    missed.Add(people[at]);
                    break;
                case GitHubSight.Limited:
                    SignInLog.WatchLimited(logger, people.Count - at);
                    return missed;
            }
        }

        return missed;
    }

    private async Task<IReadOnlyList<Watched>> PeopleAsync(CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        return await db.Users.AsNoTracking().Where(user => user.IsActive && user.GitHubId != null).OrderBy(user => user.Id)
            .Select(user => new Watched(user.Id, user.GitHubId!.Value))
            .ToListAsync(cancellationToken);
    }
}
