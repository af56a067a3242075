using System.Net;
using JobServer.Portal.Tests.Probes;
using Microsoft.EntityFrameworkCore;

namespace JobServer.Portal.Tests.Applications;

public sealed class KeptAnswersTests
{
    [Fact]
    public async Task What_was_typed_when_the_sign_in_had_ended_is_there_after_signing_in_again()
    {
        await using var site = await PortalSite.StartAsync();
        var applicant = await Applicant.StartAsync(site);
        var form = Applicant.FormOf(await applicant.PageAsync("study-information"));
        await EndSessionsAsync(site);
        var long_ = string.Join('\n', Enumerable.Range(0, 300).Select(i => $"Line {i} of a purpose."))[..4990];

        var response = await applicant.Browser.SubmitAsync(form, ("study_name", "Sleep & heart"), ("study_purpose", long_));

        var page = $"{applicant.Address}/study-information";
        Assert.Equal($"/login?next={Uri.EscapeDataString(page)}", response.Headers.Location!.ToString());
        Assert.DoesNotContain("Sleep", string.Join(' ', response.Headers.GetValues("Set-Cookie")), StringComparison.Ordinal);
        await applicant.Browser.GetAsync(ProbeEndpoints.SignIn(applicant.Person.Id));
        var again = await applicant.PageAsync("study-information");
        Assert.Contains("nothing was saved", again.QuerySelector("main .notice")!.TextContent, StringComparison.Ordinal);
        Assert.Equal("Sleep & heart", again.QuerySelector("#study_name")!.GetAttribute("value"));
        Assert.Equal(long_, again.QuerySelector("#study_purpose")!.TextContent);
        Assert.Empty((await applicant.StoredAsync()).Pages);

        await applicant.Browser.SubmitAsync(Applicant.FormOf(again), ("study_name", "Sleep & heart"), ("study_purpose", long_));
        Assert.Single((await applicant.StoredAsync()).Pages);
        Assert.Null((await applicant.PageAsync("study-information")).QuerySelector("main .notice"));
    }

    [Fact]
    public async Task What_was_typed_survives_another_sign_in_that_began_in_another_window()
    {
        await using var site = await PortalSite.StartAsync();
        var applicant = await Applicant.StartAsync(site);
        var form = Applicant.FormOf(await applicant.PageAsync("study-information"));
        await applicant.Browser.GetAsync(ProbeEndpoints.SignIn(applicant.Person.Id));

        var response = await applicant.Browser.SubmitAsync(form, ("study_name", "Sleep"));

        Assert.Equal((HttpStatusCode.SeeOther, $"{applicant.Address}/study-information"), (response.StatusCode, response.Headers.Location!.ToString()));
        Assert.Equal("Sleep", (await applicant.PageAsync("study-information")).QuerySelector("#study_name")!.GetAttribute("value"));
        Assert.Empty((await applicant.StoredAsync()).Pages);
    }

    [Fact]
    public async Task A_form_that_is_too_long_to_keep_is_not_lost_without_a_word()
    {
        await using var site = await PortalSite.StartAsync();
        var applicant = await Applicant.StartAsync(site);
        var form = Applicant.FormOf(await applicant.PageAsync("study-information"));
        await EndSessionsAsync(site);
        var random = new Random(7);
        var noise = string.Concat(Enumerable.Range(0, 60_000).Select(_ => (char)random.Next(0x4E00, 0x9FFF)));

        await applicant.Browser.SubmitAsync(form, ("study_purpose", noise));
        await applicant.Browser.GetAsync(ProbeEndpoints.SignIn(applicant.Person.Id));

        Assert.Contains("too long to be kept", (await applicant.PageAsync("study-information")).QuerySelector("main .notice")!.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Another_site_cannot_plant_a_form()
    {
        await using var site = await PortalSite.StartAsync();
        var applicant = await Applicant.StartAsync(site);

        // Without the cookies that browsers keep from other sites' requests.
        var response = await site.NewBrowser().PostBlindAsync(applicant.Address + "/study-information", ("study_name", "Planted"));

        Assert.False(response.Headers.TryGetValues("Set-Cookie", out var cookies) && cookies.Any(cookie => cookie.StartsWith("jobserver.kept", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task Two_windows_on_one_page_lose_nothing()
    {
        await using var site = await PortalSite.StartAsync();
        var applicant = await Applicant.StartAsync(site);
        await applicant.SaveAsync("study-information", ("study_name", "Sleep"));
        var one = Applicant.FormOf(await applicant.PageAsync("study-information"));
        var two = Applicant.FormOf(await applicant.PageAsync("study-information"));

        await applicant.Browser.SubmitAsync(one, ("study_name", "Sleep in the first window"));
        var page = await Applicant.ReadAsync(await applicant.Browser.SubmitAsync(two, ("study_name", "Sleep in the second window")));

        Assert.Contains("another window", page.QuerySelector(".error-summary")!.TextContent, StringComparison.Ordinal);
        Assert.Contains("Sleep in the first window", page.QuerySelector("section:has(> #meanwhile)")!.TextContent, StringComparison.Ordinal);
        Assert.Equal("Sleep in the second window", page.QuerySelector("#study_name")!.GetAttribute("value"));

        await applicant.Browser.SubmitAsync(Applicant.FormOf(page), ("study_name", "Sleep in both"));
        Assert.Contains("Sleep in both", (await applicant.StoredAsync()).Pages.Single().Answers, StringComparison.Ordinal);
    }

    private static Task<int> EndSessionsAsync(PortalSite site) => site.Data.Database.WriteAsync((db, token) =>
        db.SignInSessions.ExecuteUpdateAsync(set => set.SetProperty(session => session.EndedAt, (DateTimeOffset?)site.Data.Now), token));
}
