using System.Net;
using AngleSharp.Html.Dom;
using JobServer.Domain.Access;
using JobServer.Domain.Applications;
using JobServer.Domain.Applications.Forms;
using JobServer.Domain.Users;
using Microsoft.EntityFrameworkCore;

namespace JobServer.Portal.Tests.Applications;

/// <summary>A person who applies for a project, by the pages alone.</summary>
internal sealed class Applicant
{
    private Applicant(PortalSite site, User person, Browser browser, string address)
    {
        (Site, Person, Browser, Address) = (site, person, browser, address);
    }

    public PortalSite Site { get; }

    public User Person { get; }

    public Browser Browser { get; }

    /// <summary>Of the application.</summary>
    public string Address { get; }

    public string PublicId => Address.Split('/')[^1];

    public static async Task<Applicant> StartAsync(PortalSite site)
    {
        var person = await site.Data.CreateUserAsync();
        var browser = await site.SignInAsync(person);
        var terms = await browser.PageAsync("/apply/terms");
        var response = await browser.SubmitAsync((IHtmlFormElement)terms.QuerySelector("main form")!);
        var first = response.Headers.Location!.ToString();
        Assert.EndsWith("/contact-details", first, StringComparison.Ordinal);
        return new Applicant(site, person, browser, first[..first.LastIndexOf('/')]);
    }

    public Task<IHtmlDocument> PageAsync(string key) => Browser.PageAsync($"{Address}/{key}");

    /// <summary>Types into a page and sends it; what comes back may be a page or the way to the next.</summary>
    public async Task<HttpResponseMessage> SaveAsync(string key, params (string Name, string Value)[] fields) =>
        await Browser.SubmitAsync(FormOf(await PageAsync(key)), fields);

    public static IHtmlFormElement FormOf(IHtmlDocument page) => page.QuerySelectorAll("main form").OfType<IHtmlFormElement>().First(form => form.GetAttribute("action") is null);

    public static async Task<IHtmlDocument> ReadAsync(HttpResponseMessage response)
    {
        var html = await response.Content.ReadAsStringAsync();
        Assert.True(response.StatusCode == HttpStatusCode.OK, $"{response.StatusCode}: {html}");
        return PortalSite.Parse(html);
    }

    /// <summary>Goes where each page leads to, filling in everything, until the check of the answers.</summary>
    public async Task FillAsync(string studyName = "Sleep and the heart")
    {
        var form = new ApplicationForm(SiteForms.Default);
        var here = $"{Address}/{form.Pages[0].Key}";
        for (var steps = 0; !here.EndsWith("/confirmation", StringComparison.Ordinal); steps++)
        {
            Assert.True(steps <= form.Pages.Count, $"The pages lead in a circle, to {here}.");
            var page = form.Page(here.Split('/')[^1])!;
            var fields = page.Fields.Select(field => (field.Name, field.Name == "study_name" ? studyName : ValueOf(field))).ToArray();
            var response = await Browser.SubmitAsync(FormOf(await Browser.PageAsync(here)), fields);
            Assert.True(response.StatusCode == HttpStatusCode.Redirect, $"{here} was refused: {await response.Content.ReadAsStringAsync()}");
            here = response.Headers.Location!.ToString();
        }
    }

    public async Task<HttpResponseMessage> SubmitAsync() =>
        await Browser.SubmitAsync(FormOf(await Browser.PageAsync($"{Address}/confirmation")));

    public Task<int> SetStatusAsync(ApplicationStatus status, string comment = "") => Site.Data.Database.WriteAsync((db, token) =>
        db.Applications.Where(row => row.PublicId == PublicId).ExecuteUpdateAsync(
            set => set.SetProperty(row => row.Status, status).SetProperty(row => row.StatusComment, comment), token));

    public Task<Application> StoredAsync() => Site.Data.Database.ReadAsync(db =>
        db.Applications.AsNoTracking().Include(row => row.Pages).AsSplitQuery().SingleAsync(row => row.PublicId == PublicId));

    public async Task<Browser> OtherAsync(params Role[] roles) => await Site.SignInAsync(await Site.Data.CreateUserAsync(roles));

    private static string ValueOf(FormField field) => field.Kind switch
    {
        FieldKind.Email => "ana@example.org",
        FieldKind.Telephone => "+44 20 7946 0000",
        FieldKind.Date => "2025-11-30",
        FieldKind.YesNo => "yes",
        FieldKind.Choice or FieldKind.Checkboxes => field.Choices[0].Value,
        FieldKind.Text or FieldKind.LongText => $"Answer to {field.Label}",
    };
}
