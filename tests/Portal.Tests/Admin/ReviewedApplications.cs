using System.Net;
using AngleSharp.Html.Dom;
using JobServer.Domain.Access;
using JobServer.Domain.Applications;
using JobServer.Domain.Applications.Forms;
using JobServer.Domain.Users;
using Microsoft.EntityFrameworkCore;

namespace JobServer.Portal.Tests.Admin;

/// <summary>A site with applications in it, and people who review them.</summary>
internal sealed class ReviewedApplications(PortalSite site) : IAsyncDisposable
{
    private const string Letters = "abcdefghjkmnpqrstuvwxyz23456789";

    private int _made;

    public PortalSite Site => site;

    public static async Task<ReviewedApplications> StartAsync() => new(await PortalSite.StartAsync());

    /// <summary>An application whose every page was saved with the study's name, or with nothing.</summary>
    public async Task<Application> MakeAsync(string study = "Sleep and age", ApplicationStatus status = ApplicationStatus.Submitted, User? applicant = null)
    {
        applicant ??= await site.Data.CreateUserAsync();
        var number = _made++;
        var application = new Application
        {
            PublicId = string.Concat("appli", new string(Letters[number % Letters.Length], 7 - 1), Letters[number / Letters.Length]),
            CreatedById = applicant.Id,
            CreatedAt = site.Data.Now,
            Status = status,
            SubmittedAt = status == ApplicationStatus.Ongoing ? null : site.Data.Now.AddMinutes(number),
        };
        var answers = new Answers([new(StudyPages.StudyNameField, study), new("study_purpose", "To <b>know</b> more.\nMuch more.")]);
        application.Pages.AddRange(((string[])["contact-details", "study-information", "study-purpose", "researcher-details"]).Select(key => new ApplicationPage
        {
            Key = key,
            Answers = (key == StudyPages.StudyInformationKey ? answers : Answers.None).ToJson(),
            CreatedAt = site.Data.Now,
            SavedAt = site.Data.Now,
            SavedById = applicant.Id,
        }));
        return await site.Data.Database.AddAsync(application);
    }

    public async Task<Browser> SignInAsync(params Role[] roles) => await site.SignInAsync(await site.Data.CreateUserAsync(roles));

    public Task<Application> StoredAsync(Application application) => site.Data.Database.ReadAsync(db =>
        db.Applications.AsNoTracking().Include(row => row.Pages).SingleAsync(row => row.Id == application.Id));

    public static string AddressOf(Application application, string rest = "") => $"/admin/applications/{application.PublicId}{rest}";

    /// <summary>The form of a page whose address ends so.</summary>
    public static IHtmlFormElement FormOf(IHtmlDocument page, string address) =>
        page.QuerySelectorAll("main form[method=post]").OfType<IHtmlFormElement>().Single(form => form.GetAttribute("action")!.EndsWith(address, StringComparison.Ordinal));

    /// <summary>The page that answers a form that was not taken.</summary>
    public static async Task<IHtmlDocument> RefusedAsync(HttpResponseMessage response)
    {
        var html = await response.Content.ReadAsStringAsync();
        Assert.True(response.StatusCode == HttpStatusCode.OK, $"{response.StatusCode}: {response.Headers.Location}");
        var page = PortalSite.Parse(html);
        Assert.NotNull(page.QuerySelector(".error-summary"));
        return page;
    }

    public static void AssertLeadsTo(string address, HttpResponseMessage response)
    {
        Assert.Equal(HttpStatusCode.Redirect, response.StatusCode);
        Assert.Equal(address, response.Headers.Location!.ToString());
    }

    public ValueTask DisposeAsync() => site.DisposeAsync();
}
