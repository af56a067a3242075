using JobServer.Data;
using JobServer.Data.Audit;
using JobServer.Data.Notifications;
using JobServer.Data.Writing;
using JobServer.Domain.Audit;
using JobServer.Domain.Notifications;
using JobServer.Domain.Users;
using Microsoft.EntityFrameworkCore;

namespace JobServer.Portal.Users;

/// <summary>What people change of their own accounts, each with its line in the audit log.</summary>
internal sealed class AccountWrites(DatabaseWriter writer, AuditLog audit, AddressTokens links, TimeProvider time)
{
    /// <summary>Between two links, so that nobody floods a mailbox that is not theirs.</summary>
    public static readonly TimeSpan BetweenLinks = TimeSpan.FromMinutes(1);

    public Task SetNameAsync(int userId, string name, CancellationToken cancellation) => ChangeAsync(
        userId, (_, user) => user.FullName = name, new { changed = "name" }, cancellation);

    public Task SetNotifyOfAsync(int userId, NotificationChoice choice, CancellationToken cancellation) => ChangeAsync(
        userId, (_, user) => user.NotifyOf = choice, new { notifyOf = choice.ToString() }, cancellation);

    /// <summary>Back to the account's own address; an address that waits for its link is forgotten, but not when the link was sent.</summary>
    public Task UseOwnAddressAsync(int userId, CancellationToken cancellation) => ChangeAsync(
        userId,
        (_, user) => (user.NotificationsEmail, user.UnverifiedEmail) = (null, null),
        new { changed = "address", to = "own" },
        cancellation);

    /// <summary>Sends a link to an address, which becomes the one for notifications when the link is followed.</summary>
    public Task<AddressChange> AskForAddressAsync(int userId, string address, CancellationToken cancellation)
    {
        var now = time.GetUtcNow();
        return writer.RunAsync(
            async (db, token) =>
            {
                var user = await db.Users.SingleAsync(row => row.Id == userId, token);
                if (IsSame(user.Email, address) || IsSame(user.NotificationsEmail, address))
                {
                    var isOwn = IsSame(user.Email, address);
                    var isNew = isOwn ? user.NotificationsEmail is not null : false;
                    user.NotificationsEmail = isOwn ? null : user.NotificationsEmail;
                    user.UnverifiedEmail = null;
                    if (isNew)
                    {
                        await audit.AppendAsync(db, userId, AuditAct.AccountChanged, $"user:{userId}", new { changed = "address", to = "own" }, token);
                    }

                    return isOwn ? AddressChange.IsOwn : AddressChange.Unchanged;
                }

                if (now - user.UnverifiedEmailAt < BetweenLinks)
                {
                    return AddressChange.TooSoon;
                }

                (user.UnverifiedEmail, user.UnverifiedEmailAt) = (address, now);
                var (link, until) = links.Make(userId, address);
                db.OutboxMessages.Add(Outbox.Message(
                    MessageTemplate.VerifyAddress, address,
                    new VerifyAddressNotice { Login = user.Login, Path = UserLinks.VerifyAddress(link), Until = until }, now));
                await audit.AppendAsync(db, userId, AuditAct.AccountChanged, $"user:{userId}", new { changed = "address", asked = true }, token);
                return AddressChange.Asked;
            },
            cancellation);
    }

    /// <summary>The reader of the mailbox says yes.</summary>
    /// <returns>False when the address is not waited for any more; true also when it was verified already.</returns>
    public Task<bool> VerifyAddressAsync(int userId, string address, CancellationToken cancellation) => writer.RunAsync(
        async (db, token) =>
        {
            var changed = await db.Users.Where(user => user.Id == userId && user.IsActive && user.UnverifiedEmail == address)
                .ExecuteUpdateAsync(
                    set => set
                        .SetProperty(user => user.NotificationsEmail, address)
                        .SetProperty(user => user.UnverifiedEmail, (string?)null)
                        .SetProperty(user => user.UnverifiedEmailAt, (DateTimeOffset?)null)
                        .SetProperty(user => user.Revision, user => user.Revision + 1),
                    token) == 1;
            if (!changed)
            {
                return await db.Users.AnyAsync(user => user.Id == userId && user.NotificationsEmail == address, token);
            }

            await audit.AppendAsync(db, userId, AuditAct.AccountChanged, $"user:{userId}", new { changed = "address", verified = true }, token);
            return true;
        },
        cancellation);

    private Task ChangeAsync(int userId, Action<JobServerDb, User> change, object details, CancellationToken cancellation) => writer.RunAsync(
        async (db, token) =>
        {
            change(db, await db.Users.SingleAsync(row => row.Id == userId, token));
            if (db.ChangeTracker.HasChanges())
            {
                await audit.AppendAsync(db, userId, AuditAct.AccountChanged, $"user:{userId}", details, token);
            }
        },
        cancellation);

    private static bool IsSame(string? one, string other) => string.Equals(one, other, StringComparison.OrdinalIgnoreCase);
}
