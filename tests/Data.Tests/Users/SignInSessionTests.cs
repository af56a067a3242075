using JobServer.Data.Blobs;
using JobServer.Domain.Users;
using JobServer.TestCommon;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace JobServer.Data.Tests.Users;

public sealed class SignInSessionTests : SiteTest
{
    [Fact]
    public async Task A_sign_in_is_found_with_its_person_until_it_ends_or_expires()
    {
        var user = await Site.CreateUserAsync();
        await Site.Database.AddAsync(new SignInSession
        {
            Id = Digests.OfText("the cookie's secret"),
            UserId = user.Id,
            CreatedAt = Site.Now,
            LastSeenAt = Site.Now,
            ExpiresAt = Site.Now.AddHours(8),
        });
        Assert.Equal(user.Login, (await FindAsync())?.User.Login);

        Site.Clock.Advance(TimeSpan.FromHours(8));

        Assert.Null(await FindAsync());
    }

    [Fact]
    public async Task Logins_are_unique_without_regard_to_case()
    {
        await Site.CreateUserAsync("Ada");

        await Assert.ThrowsAsync<DbUpdateException>(() => Site.CreateUserAsync("ADA"));
        Assert.Equal(1, await Site.Database.ReadAsync(db => db.Users.CountAsync(user => user.Login == "ada")));
    }

    private Task<SignInSession?> FindAsync()
    {
        var id = Digests.OfText("the cookie's secret");
        var now = Site.Now;
        return Site.Database.ReadAsync(db => db.SignInSessions.Include(row => row.User)
            .SingleOrDefaultAsync(row => row.Id == id && row.EndedAt == null && row.ExpiresAt > now));
    }
}
