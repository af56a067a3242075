using System.Net;
using AngleSharp.Html.Dom;
using JobServer.Data.Applications;
using Microsoft.EntityFrameworkCore;

namespace JobServer.Portal.Tests.Applications;

public sealed class StartTests
{
    [Fact]
    public async Task Agreeing_twice_with_one_form_starts_one_application()
    {
        await using var site = await PortalSite.StartAsync();
        var browser = await site.SignInAsync(await site.Data.CreateUserAsync());
        var form = (IHtmlFormElement)(await browser.PageAsync("/apply/terms")).QuerySelector("main form")!;

        var answers = await Task.WhenAll(browser.SubmitAsync(form), browser.SubmitAsync(form), browser.SubmitAsync(form));

        Assert.Single(answers.Select(answer => answer.Headers.Location!.ToString()).Distinct(StringComparer.Ordinal));
        Assert.Equal(1, await site.Data.Database.ReadAsync(db => db.Applications.CountAsync()));
        var another = (IHtmlFormElement)(await browser.PageAsync("/apply/terms")).QuerySelector("main form")!;
        await browser.SubmitAsync(another);
        Assert.Equal(2, await site.Data.Database.ReadAsync(db => db.Applications.CountAsync()));
    }

    [Fact]
    public async Task Starting_and_deleting_again_and_again_meets_a_limit()
    {
        await using var site = await PortalSite.StartAsync(new Dictionary<string, string?> { ["Portal:Limits:SubmitsPerMinute"] = "2" });
        var browser = await site.SignInAsync(await site.Data.CreateUserAsync());
        var form = (IHtmlFormElement)(await browser.PageAsync("/apply/terms")).QuerySelector("main form")!;
        await browser.SubmitAsync(form);
        await browser.SubmitAsync(form);

        Assert.Equal(HttpStatusCode.TooManyRequests, (await browser.SubmitAsync(form)).StatusCode);
    }

    [Fact]
    public async Task What_was_deleted_does_not_come_back_beyond_the_bound()
    {
        await using var site = await PortalSite.StartAsync();
        var person = await site.Data.CreateUserAsync();
        var writes = site.Data.Get<ApplicationWrites>();
        var publicId = await writes.StartAsync(person.Id, CancellationToken.None);
        var id = await site.Data.Database.ReadAsync(db => db.Applications.Where(row => row.PublicId == publicId).Select(row => row.Id).SingleAsync());
        await writes.DeleteAsync(id, person.Id, CancellationToken.None);
        for (var i = 0; i < ApplicationWrites.MostUnsubmitted; i++)
        {
            await writes.StartAsync(person.Id, CancellationToken.None);
        }

        var browser = await site.SignInAsync(person);
        await browser.SubmitAsync((IHtmlFormElement)(await browser.PageAsync("/applications")).QuerySelector("section[aria-labelledby=deleted] form")!);

        var page = await browser.PageAsync("/applications");
        Assert.Contains("that were not submitted", page.QuerySelector("[role=status]")!.TextContent, StringComparison.Ordinal);
        Assert.NotNull(page.QuerySelector("section[aria-labelledby=deleted] form"));
    }
}
