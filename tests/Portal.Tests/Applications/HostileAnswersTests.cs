using System.Net;
using JobServer.Domain.Applications.Forms;
using Microsoft.EntityFrameworkCore;

namespace JobServer.Portal.Tests.Applications;

public sealed class HostileAnswersTests
{
    [Theory]
    [InlineData("contact-details", "email", "not an address", "e-mail address")]
    [InlineData("contact-details", "telephone", "12", "telephone number")]
    [InlineData("contact-details", "full_name", "Ana\u0000Li", "cannot be shown")]
    [InlineData("contact-details", "full_name", "Ana\nBcc: all@example.org", "one line")]
    [InlineData("study-data", "need_record_level_data", "perhaps", "choose one")]
    [InlineData("datasets", "data_sets", "Somebody else's data", "choose only among")]
    public async Task What_is_malformed_is_said_at_its_field_and_kept_for_mending(string key, string field, string value, string message)
    {
        await using var site = await PortalSite.StartAsync();
        var applicant = await Applicant.StartAsync(site);

        var page = await Applicant.ReadAsync(await applicant.SaveAsync(key, (field, value)));

        Assert.Contains(message, page.GetElementById($"{field}_error")!.TextContent, StringComparison.Ordinal);
        Assert.NotNull(page.QuerySelector($".error-summary a[href='#{field}']"));
        Assert.NotNull(page.QuerySelector($"#{field}[aria-invalid=true], #{field}.is-invalid"));
        Assert.StartsWith("Error: ", page.Title, StringComparison.Ordinal);
        Assert.Empty((await applicant.StoredAsync()).Pages);
    }

    [Fact]
    public async Task Markup_is_text_wherever_an_answer_is_shown()
    {
        await using var site = await PortalSite.StartAsync();
        var applicant = await Applicant.StartAsync(site);
        const string Evil = "</textarea></title><script>alert(1)</script><img src=x onerror=alert(1)>";
        await applicant.SaveAsync("study-information", ("study_name", Evil), ("study_purpose", Evil));

        foreach (var address in (string[])["/applications", applicant.Address, applicant.Address + "/study-information", applicant.Address + "/confirmation"])
        {
            var page = await applicant.Browser.PageAsync(address);
            Assert.Contains(Evil, page.Body!.TextContent + page.QuerySelector("#study_name")?.GetAttribute("value"), StringComparison.Ordinal);
            Assert.Empty(page.QuerySelectorAll("main script, main img, title script"));
        }
    }

    [Fact]
    public async Task A_very_long_answer_is_refused_with_its_length()
    {
        await using var site = await PortalSite.StartAsync();
        var applicant = await Applicant.StartAsync(site);

        var page = await Applicant.ReadAsync(await applicant.SaveAsync("study-information", ("study_purpose", new string('x', 200_000))));

        Assert.Contains("at most 5000 characters. This has 200000.", page.GetElementById("study_purpose_error")!.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Fields_that_the_page_does_not_have_are_not_stored()
    {
        await using var site = await PortalSite.StartAsync();
        var applicant = await Applicant.StartAsync(site);

        await applicant.SaveAsync(
            "study-information", ("study_name", "Sleep"), ("status", "ApprovedFully"), ("publicId", "other"), ("key", "datasets"), ("Verdict", "Accepted"));

        var stored = await applicant.StoredAsync();
        Assert.Equal("""{"study_name":"Sleep"}""", stored.Pages.Single().Answers);
        Assert.Equal("study-information", stored.Pages.Single().Key);
    }

    [Theory]
    [InlineData("/nonsense")]
    [InlineData("/..%2f..%2fetc")]
    [InlineData("/researcher-details/0x1")]
    [InlineData("/researcher-details/999999999999999999999")]
    [InlineData("/researcher-details/41")]
    public async Task An_address_that_means_nothing_is_not_found(string address)
    {
        await using var site = await PortalSite.StartAsync();
        var applicant = await Applicant.StartAsync(site);

        Assert.Equal(HttpStatusCode.NotFound, (await applicant.Browser.GetAsync(applicant.Address + address)).StatusCode);
    }

    [Fact]
    public async Task A_page_that_the_type_of_study_does_not_need_says_so()
    {
        await using var site = await PortalSite.StartAsync();
        var applicant = await Applicant.StartAsync(site);

        Assert.Equal(applicant.Address, (await applicant.Browser.GetAsync(applicant.Address + "/references")).Headers.Location!.ToString());
        Assert.Contains("not asked for", (await applicant.Browser.PageAsync(applicant.Address)).QuerySelector(".notice")!.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Every_page_ties_its_labels_and_groups_to_its_inputs()
    {
        await using var site = await PortalSite.StartAsync();
        var applicant = await Applicant.StartAsync(site);
        await applicant.SaveAsync("type-of-study", ("types_of_study", "research"), ("types_of_study", "audit"));

        foreach (var key in new ApplicationForm(SiteForms.Default).Pages.Select(page => page.Key).Append("researcher-details/add"))
        {
            var page = await applicant.PageAsync(key);
            Assert.Single(page.QuerySelectorAll("h1"));
            var ids = page.QuerySelectorAll("[id]").Select(element => element.Id).ToList();
            Assert.Equal(ids.Count, ids.Distinct(StringComparer.Ordinal).Count());
            Assert.All(
                page.QuerySelectorAll("main form input:not([type=hidden]), main form textarea"),
                input => Assert.NotNull(page.QuerySelector($"main label[for='{input.Id}']")));
            Assert.All(page.QuerySelectorAll("main fieldset"), group => Assert.Equal("LEGEND", group.FirstElementChild!.TagName));
            Assert.All(
                page.QuerySelectorAll("main [aria-describedby]").SelectMany(element => element.GetAttribute("aria-describedby")!.Split(' ')),
                id => Assert.NotNull(page.GetElementById(id)));
        }
    }

    [Fact]
    public async Task Researchers_are_added_changed_and_deleted()
    {
        await using var site = await PortalSite.StartAsync();
        var applicant = await Applicant.StartAsync(site);

        Assert.NotNull((await Applicant.ReadAsync(await applicant.SaveAsync("researcher-details/add"))).GetElementById("name_error"));
        await applicant.SaveAsync("researcher-details/add", ("name", "Ana Li"), ("has_taken_safe_researcher_training", "yes"));
        var list = await applicant.PageAsync("researcher-details");
        Assert.Contains("Day on which they passed", list.QuerySelector(".researchers .missing:not(dd)")!.TextContent, StringComparison.Ordinal);
        var edit = list.QuerySelector(".researchers .application-acts a")!.GetAttribute("href")!;
        var key = edit[(applicant.Address.Length + 1)..];
        await applicant.SaveAsync(key, ("name", "Ana Lind"));
        list = await applicant.PageAsync("researcher-details");
        Assert.Equal("Ana Lind", list.QuerySelector(".researchers h3")!.TextContent);

        await applicant.Browser.SubmitAsync((AngleSharp.Html.Dom.IHtmlFormElement)list.QuerySelector(".researchers form")!);
        Assert.Equal(0, await site.Data.Database.ReadAsync(db => db.ApplicationResearchers.CountAsync()));
    }

    [Fact]
    public async Task A_page_needs_few_queries()
    {
        var count = new CommandCount();
        await using var site = await PortalSite.StartAsync(configure: count.AddTo);
        var applicant = await Applicant.StartAsync(site);
        await applicant.FillAsync();

        foreach (var address in (string[])["/applications", applicant.Address, applicant.Address + "/contact-details", applicant.Address + "/confirmation"])
        {
            var before = count.Value;
            await applicant.Browser.PageAsync(address);
            Assert.InRange(count.Value - before, 1, 10);
        }
    }
}
