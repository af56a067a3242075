using JobServer.Data;
using JobServer.Data.Site;
using JobServer.Domain.Access;
using JobServer.Portal.Site;
using JobServer.TestCommon;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging.Abstractions;

namespace JobServer.Portal.Tests.Admin;

public sealed class SiteNoticesTests : SiteTest
{
    [Fact]
    public async Task What_was_read_while_it_changed_does_not_stand_after_the_change()
    {
        SiteNotices notices = null!;
        var contexts = new Contexts(Site, number => { if (number == 1) { notices.Changed(); } });
        notices = new SiteNotices(contexts, Site.Clock, NullLogger<SiteNotices>.Instance);

        await notices.ReadAsync(None);
        await notices.ReadAsync(None);
        await notices.ReadAsync(None);

        Assert.Equal(2, contexts.Opened);
        notices.Dispose();
    }

    [Fact]
    public async Task A_database_that_is_down_is_asked_once_in_two_seconds_and_what_was_known_stands()
    {
        await Site.Get<RunSwitch>().StopAsync("", (await Site.CreateUserAsync("root", Role.CoreDeveloper)).Id, None);
        var contexts = new Contexts(Site, number => { if (number > 1) { throw new InvalidOperationException("down"); } });
        using var notices = new SiteNotices(contexts, Site.Clock, NullLogger<SiteNotices>.Instance);
        Assert.Single(await notices.ReadAsync(None));
        Site.Clock.Advance(TimeSpan.FromSeconds(2));

        Assert.Single(await notices.ReadAsync(None));
        Assert.Single(await notices.ReadAsync(None));

        Assert.Equal(2, contexts.Opened);
    }

    private sealed class Contexts(TestSite site, Action<int> opening) : IDbContextFactory<JobServerDb>
    {
        public int Opened { get; private set; }

        public JobServerDb CreateDbContext()
        {
            Opened++;
            opening(Opened);
            return site.Get<IDbContextFactory<JobServerDb>>().CreateDbContext();
        }
    }
}
