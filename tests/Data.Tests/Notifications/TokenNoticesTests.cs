using JobServer.Data.Notifications;
using JobServer.Domain.Notifications;
using JobServer.Domain.Users;
using JobServer.TestCommon;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace JobServer.Data.Tests.Notifications;

public sealed class TokenNoticesTests : SiteTest
{
    private TestStudy _study = null!;

    public override async Task InitializeAsync()
    {
        await base.InitializeAsync();
        _study = await Site.CreateStudyAsync();
    }

    [Fact]
    public async Task The_owner_is_told_once_a_week_before_a_token_ends()
    {
        await StoreAsync(Site.Now.AddDays(30));
        await RunAsync();
        Assert.Empty(await MessagesAsync());

        Site.Clock.Advance(TimeSpan.FromDays(24));
        await RunAsync();
        await RunAsync();

        var message = Assert.Single(await MessagesAsync());
        Assert.Equal((MessageTemplate.TokenExpires, _study.Developer.Email), (message.Template, message.Recipient));
        Assert.DoesNotContain("secret", message.Data, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_owner_is_told_of_a_refused_token_and_again_only_of_the_next_one()
    {
        await StoreAsync(expires: null, refused: Site.Now);
        await RunAsync();
        await RunAsync();
        Assert.Equal(MessageTemplate.TokenRefused, Assert.Single(await MessagesAsync()).Template);

        Site.Clock.Advance(TimeSpan.FromDays(1));
        DateTimeOffset? refused = Site.Now;
        await Site.Database.WriteAsync((db, token) => db.StoredTokens.ExecuteUpdateAsync(
            set => set.SetProperty(stored => stored.CreatedAt, Site.Now).SetProperty(stored => stored.RefusedAt, refused), token));
        await RunAsync();

        Assert.Equal(2, (await MessagesAsync()).Count);
    }

    private Task RunAsync() => Site.Get<TokenNotices>().RunOnceAsync(None);

    private Task StoreAsync(DateTimeOffset? expires, DateTimeOffset? refused = null) => Site.Database.AddAsync(new StoredToken
    {
        UserId = _study.Developer.Id,
        Protected = "secret",
        CreatedAt = Site.Now,
        ExpiresAt = expires,
        RefusedAt = refused,
    });

    private Task<List<OutboxMessage>> MessagesAsync() => Site.Database.ReadAsync(db => db.OutboxMessages.AsNoTracking().OrderBy(message => message.Id).ToListAsync());
}
