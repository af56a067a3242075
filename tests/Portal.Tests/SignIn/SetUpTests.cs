using System.Net;
using JobServer.Data.Site;
using JobServer.Domain.Access;
using JobServer.Portal.SignIn;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace JobServer.Portal.Tests.SignIn;

public sealed class SetUpTests
{
    private const string Code = "ABCDEFGHJKLMNPQRSTUV";

    [Fact]
    public async Task The_code_makes_its_bearer_the_first_admin_once()
    {
        await using var site = await PortalSite.StartAsync();
        var (first, second) = (await site.Data.CreateUserAsync("first"), await site.Data.CreateUserAsync("second"));
        var (browser, other) = (await site.SignInAsync(first), await site.SignInAsync(second));
        await site.Services.GetRequiredService<SiteSetUp>().OfferAsync(Code, CancellationToken.None);
        var form = (await other.PageAsync("/set-up")).QuerySelector("form[action='/set-up']")!;

        var wrong = await other.SubmitAsync((AngleSharp.Html.Dom.IHtmlFormElement)form, ("Code", "ABCDEFGHJKLMNPQRSTUW"));
        Assert.Contains("not the code", await wrong.Content.ReadAsStringAsync());
        await browser.SubmitAsync(
            (AngleSharp.Html.Dom.IHtmlFormElement)(await browser.PageAsync("/set-up")).QuerySelector("form[action='/set-up']")!, ("Code", Code.ToLowerInvariant()));
        await other.SubmitAsync((AngleSharp.Html.Dom.IHtmlFormElement)form, ("Code", Code));

        Assert.Equal(["first"], await CoreDevelopersAsync(site));
        Assert.Equal(HttpStatusCode.NotFound, (await browser.GetAsync("/set-up")).StatusCode);
        Assert.False(await site.Services.GetRequiredService<SiteSetUp>().OfferAsync(Code, CancellationToken.None));
    }

    [Fact]
    public async Task A_code_that_is_too_old_opens_nothing()
    {
        await using var site = await PortalSite.StartAsync(usesTestClock: true);
        var ada = await site.Data.CreateUserAsync("ada");
        var setUp = site.Services.GetRequiredService<SiteSetUp>();
        await setUp.OfferAsync(Code, CancellationToken.None);

        site.Data.Clock.Advance(SiteSetUp.CodeHolds + TimeSpan.FromSeconds(1));

        Assert.False(await setUp.UseCodeAsync(ada.Id, Code, CancellationToken.None));
    }

    [Fact]
    public async Task The_person_of_the_setting_becomes_admin_at_their_first_sign_in_and_never_again()
    {
        await using var site = await PortalSite.StartAsync(new Dictionary<string, string?> { ["Portal:FirstAdmin"] = "Octo-Ada" });
        var accounts = site.Services.GetRequiredService<GitHubAccounts>();
        var ada = new GitHubProfile { Id = 7, Login = "octo-ada", Name = "Ada" };

        await accounts.ArriveAsync(new GitHubProfile { Id = 8, Login = "mallory", Name = "Mallory" }, CancellationToken.None);
        await accounts.ArriveAsync(ada, CancellationToken.None);
        Assert.Equal(["octo-ada"], await CoreDevelopersAsync(site));

        await using (var db = await site.Data.Database.OpenAsync())
        {
            await db.Set<JobServer.Domain.Users.UserRole>().ExecuteDeleteAsync();
        }

        await accounts.ArriveAsync(ada, CancellationToken.None);
        Assert.Empty(await CoreDevelopersAsync(site));
    }

    private static async Task<List<string>> CoreDevelopersAsync(PortalSite site)
    {
        await using var db = await site.Data.Database.OpenAsync();
        return await db.Users.Where(user => user.Roles.Any(role => role.Role == Role.CoreDeveloper)).Select(user => user.Login).ToListAsync();
    }
}
