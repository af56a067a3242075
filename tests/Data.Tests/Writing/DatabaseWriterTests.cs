using JobServer.TestCommon;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace JobServer.Data.Tests.Writing;

public sealed class DatabaseWriterTests : SiteTest
{
    [Fact]
    public async Task A_unit_that_fails_leaves_nothing()
    {
        await Assert.ThrowsAsync<InvalidOperationException>(() => Site.Database.WriteAsync<bool>(async (db, token) =>
        {
            db.Add(new JobServer.Domain.Organisations.Organisation { Name = "A", Slug = "a" });
            await db.SaveChangesAsync(token);
            throw new InvalidOperationException("The unit failed.");
        }));

        Assert.Equal(0, await Site.Database.ReadAsync(db => db.Organisations.CountAsync()));
    }

    [Fact]
    public async Task Every_write_raises_the_revision_and_an_older_copy_cannot_overwrite()
    {
        await Site.CreateOrganisationAsync("a");
        await using var one = await Site.Database.OpenAsync();
        await using var other = await Site.Database.OpenAsync();
        var mine = await one.Organisations.SingleAsync();
        var theirs = await other.Organisations.SingleAsync();
        mine.Name = "Mine";
        await one.SaveChangesAsync();
        theirs.Name = "Theirs";

        await Assert.ThrowsAsync<DbUpdateConcurrencyException>(() => other.SaveChangesAsync());
        Assert.Equal(1, mine.Revision);
        mine.Name = "Mine again";
        await one.SaveChangesAsync();
        Assert.Equal(2, (await Site.Database.ReadAsync(db => db.Organisations.SingleAsync())).Revision);
    }

    [Fact]
    public async Task Slugs_compare_without_case()
    {
        await Site.CreateOrganisationAsync("Heart");

        Assert.Equal(1, await Site.Database.ReadAsync(db => db.Organisations.CountAsync(row => row.Slug == "hEART")));
        await Assert.ThrowsAsync<DbUpdateException>(() => Site.CreateOrganisationAsync("HEART"));
    }

    [Fact]
    public async Task Instants_are_ordered_and_compared_by_the_database()
    {
        await Site.CreateOrganisationAsync("a");
        Site.Clock.Advance(TimeSpan.FromHours(1));
        await Site.CreateOrganisationAsync("b");
        var now = Site.Now.ToOffset(TimeSpan.FromHours(5));

        var rows = await Site.Database.ReadAsync(db => db.Organisations.Where(row => row.CreatedAt >= now).OrderBy(row => row.CreatedAt).ToListAsync());

        Assert.Equal("b", Assert.Single(rows).Slug);
        Assert.Equal(TimeSpan.Zero, rows[0].CreatedAt.Offset);
    }

    [Fact]
    public async Task Nothing_that_others_point_at_is_deleted()
    {
        var study = await Site.CreateStudyAsync();

        await Assert.ThrowsAnyAsync<Exception>(() => Site.Database.WriteAsync((db, token) =>
            db.Users.Where(user => user.Id == study.Developer.Id).ExecuteDeleteAsync(token)));
        Assert.Equal(1, await Site.Database.ReadAsync(db => db.Users.CountAsync()));
    }
}
