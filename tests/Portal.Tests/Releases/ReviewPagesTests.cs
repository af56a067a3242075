using System.Net;
using AngleSharp.Html.Dom;
using JobServer.Data.Jobs;
using JobServer.Domain.Access;
using JobServer.Domain.Jobs;
using JobServer.Domain.Notifications;
using JobServer.Domain.Projects;
using JobServer.Outputs.Disclosure;
using JobServer.Portal.Tests.Pages;
using JobServer.TestCommon;
using Microsoft.EntityFrameworkCore;

namespace JobServer.Portal.Tests.Releases;

public sealed class ReviewPagesTests
{
    private const string Yaml = """
        version: "3.0"
        actions:
          alone:
            run: python:latest alone.py
            outputs:
              moderately_sensitive:
                one: output/one.csv
                two: output/two.csv
        """;

    private static readonly Finding Small = new() { Rule = "N1", Severity = Severity.Fail, Row = 3, Column = 2, Message = "a count below 10" };

    [Fact]
    public async Task A_whole_review_with_a_return_and_a_carried_over_approval_by_its_pages()
    {
        await using var site = await PortalSite.StartAsync();
        var study = await StudySite.MakeAsync(site);
        var developer = await site.SignInAsync(study.Study.Developer);
        var (one, two) = (await CheckerAsync(site, "one"), await CheckerAsync(site, "two"));
        await RunAsync(site, study, ("output/one.csv", "group,count\nwomen,120\n", []), ("output/two.csv", "group,count\nwomen,120\nmen,3\n", [Small]));

        // A failed check needs a reason in writing.
        var refused = PortalSite.Parse(await (await AskAsync(developer, study)).Content.ReadAsStringAsync());
        Assert.Contains("say under each why it may leave all the same", refused.QuerySelector("main")!.TextContent);
        var asked = await AskAsync(developer, study, exception: "Counts of hospitals, not of people.");
        var request = asked.Headers.Location!.OriginalString;
        Assert.EndsWith("/release-requests/1", request);

        Assert.Contains("Request 1", (await one.PageAsync("/reviews")).QuerySelector("main")!.TextContent);
        var page = await one.PageAsync("/reviews/1");
        Assert.Contains("Counts of women and men", page.QuerySelector("main")!.TextContent);
        await VoteAsync(one, page, approve: true);
        page = await one.PageAsync((await one.PageAsync("/reviews/1")).QuerySelector(".viewer-files li:last-child a")!.GetAttribute("href")!);
        Assert.Equal("3 (a count below 10 (N1))", page.QuerySelector(".cell-found")!.TextContent);
        Assert.Contains("Counts of hospitals, not of people.", page.QuerySelector("main")!.TextContent);
        await VoteAsync(one, page, approve: false, "SmallCounts");

        page = await two.PageAsync("/reviews/1");
        await two.SubmitAsync(Form(page, "handler=Return"), ("Comment", "Hide the small count."));
        Assert.Contains("Hide the small count.", (await developer.PageAsync(request)).QuerySelector("main")!.TextContent);
        await RunAsync(site, study, ("output/one.csv", "group,count\nwomen,120\n", []), ("output/two.csv", "group,count\nwomen,120\nmen,[REDACTED]\n", []));
        Assert.Contains("output/two.csv", (await developer.PageAsync(request)).QuerySelector("main")!.TextContent);
        var form = await developer.PageAsync(study.Workspace + "/outputs/unreleased?request=1");
        Assert.Equal(2, form.QuerySelectorAll("input[name=Chosen][checked]").Length);
        var again = await AskAsync(developer, study, address: "?request=1");
        Assert.Equal(request, again.Headers.Location!.OriginalString);

        page = await two.PageAsync("/reviews/1");
        Assert.Contains("carried over from turn 1: the file is unchanged", page.QuerySelector("main")!.TextContent);
        page = await VoteAsync(two, page, approve: true);
        await VoteAsync(two, page, approve: true);
        page = await one.PageAsync((await one.PageAsync("/reviews/1")).QuerySelector(".viewer-files li:last-child a")!.GetAttribute("href")!);
        page = await VoteAsync(one, page, approve: true);

        Assert.Contains("what two checkers approved is released", page.Body!.TextContent);
        var done = await developer.PageAsync(request);
        Assert.Contains("See the release", done.QuerySelector("main")!.TextContent);
        Assert.Equal(2, await site.Data.Database.ReadAsync(db => db.ReleaseFiles.CountAsync()));
    }

    [Fact]
    public async Task A_cell_that_changed_since_the_last_release_is_marked_beside_the_former_version()
    {
        await using var site = await PortalSite.StartAsync();
        var study = await StudySite.MakeAsync(site);
        var developer = await site.SignInAsync(study.Study.Developer);
        var (one, two) = (await CheckerAsync(site, "one"), await CheckerAsync(site, "two"));
        await RunAsync(site, study, ("output/one.csv", "group,count\nwomen,120\nmen,115\n", []));
        await AskAsync(developer, study);
        await VoteAsync(one, await one.PageAsync("/reviews/1"), approve: true);
        await VoteAsync(two, await two.PageAsync("/reviews/1"), approve: true);
        await RunAsync(site, study, ("output/one.csv", "group,count\nwomen,120\nmen,125\n", []));
        await AskAsync(developer, study);

        var page = await one.PageAsync("/reviews/2");

        Assert.Equal("125 before: 115", Assert.Single(page.QuerySelectorAll(".cell-changed")).TextContent);
        Assert.Contains("The version released before", page.QuerySelector("main")!.TextContent);
        Assert.Equal(2, page.QuerySelectorAll(".viewer-table").Length);
    }

    [Fact]
    public async Task Author_and_checkers_talk_without_a_return()
    {
        await using var site = await PortalSite.StartAsync();
        var study = await StudySite.MakeAsync(site);
        var developer = await site.SignInAsync(study.Study.Developer);
        var one = await CheckerAsync(site, "one");
        await RunAsync(site, study, ("output/one.csv", "group,count\nwomen,120\n", []));
        var request = (await AskAsync(developer, study)).Headers.Location!.OriginalString;

        await one.SubmitAsync(Form(await one.PageAsync("/reviews/1"), "handler=Say"), ("Said", "Which cohort is it?"));
        var empty = await developer.SubmitAsync(Form(await developer.PageAsync(request), "handler=Say"), ("Said", " "));
        Assert.Contains("Write something", PortalSite.Parse(await empty.Content.ReadAsStringAsync()).GetElementById("Said_error")!.TextContent);
        Assert.Contains("Which cohort is it?", (await developer.PageAsync(request)).QuerySelector("main")!.TextContent);
        await developer.SubmitAsync(Form(await developer.PageAsync(request), "handler=Say"), ("Said", "All adults of 2025."));

        Assert.Contains("All adults of 2025.", (await one.PageAsync("/reviews/1")).QuerySelector("main")!.TextContent);
        Assert.Contains("In review", (await one.PageAsync("/reviews/1")).QuerySelector("main")!.TextContent);
        var mails = await site.Data.Database.ReadAsync(db => db.OutboxMessages.Where(mail => mail.Template == MessageTemplate.ReleaseCommented).OrderBy(mail => mail.Id).Select(mail => mail.Recipient).ToListAsync());
        Assert.Equal([study.Study.Developer.Email!, "one@example.org"], mails);
        await developer.SubmitAsync(Form(await developer.PageAsync(request), "handler=Withdraw"));
        Assert.Empty((await developer.PageAsync(request)).QuerySelectorAll("form[action*=Say]"));
    }

    [Fact]
    public async Task A_text_is_compared_with_the_version_released_before_and_the_code_that_made_it_is_named()
    {
        await using var site = await PortalSite.StartAsync();
        var study = await StudySite.MakeAsync(site);
        var developer = await site.SignInAsync(study.Study.Developer);
        var (one, two) = (await CheckerAsync(site, "one"), await CheckerAsync(site, "two"));
        await RunAsync(site, study, ("output/one.txt", "kept\nold\n", []));
        await AskAsync(developer, study);
        Assert.Contains("No version of this file was released before", (await one.PageAsync("/reviews/1")).QuerySelector("main")!.TextContent);
        await VoteAsync(one, await one.PageAsync("/reviews/1"), approve: true);
        await VoteAsync(two, await two.PageAsync("/reviews/1"), approve: true);
        await RunAsync(site, study, ("output/one.txt", "kept\nnew\n", []));
        await AskAsync(developer, study);

        var page = await one.PageAsync("/reviews/2");

        Assert.Contains("- old", page.QuerySelector(".diff .removed")!.TextContent.Replace('−', '-'));
        Assert.Contains("+ new", page.QuerySelector(".diff .added")!.TextContent);
        Assert.Contains("alone of request 2", page.QuerySelector(".viewer-file")!.TextContent);
        Assert.Contains("commit", page.QuerySelector(".viewer-file .quiet")!.TextContent);
    }

    [Fact]
    public async Task What_was_deleted_after_a_release_does_not_look_released_when_it_is_asked_for_again()
    {
        await using var site = await PortalSite.StartAsync();
        var study = await StudySite.MakeAsync(site);
        var developer = await site.SignInAsync(study.Study.Developer);
        var (one, two) = (await CheckerAsync(site, "one"), await CheckerAsync(site, "two"));
        await RunAsync(site, study, ("output/one.csv", "group,count\nwomen,120\n", []));
        await AskAsync(developer, study);
        await VoteAsync(one, await one.PageAsync("/reviews/1"), approve: true);
        await VoteAsync(two, await two.PageAsync("/reviews/1"), approve: true);
        await site.Data.Database.WriteAsync((db, token) => db.ReleaseFiles.ExecuteUpdateAsync(
            set => set.SetProperty(row => row.DeletedAt, site.Data.Now).SetProperty(row => row.DeletedById, 1).SetProperty(row => row.DeletedReason, "It names a hospital."), token));
        await AskAsync(developer, study);

        var text = (await one.PageAsync("/reviews/2")).QuerySelector("main")!.TextContent;

        Assert.Contains("Exactly this content was released and deleted before. Reason: It names a hospital.", text);
        Assert.DoesNotContain("(F7)", text);
    }

    [Fact]
    public async Task Enter_in_a_field_of_the_decision_approves_nothing()
    {
        await using var site = await PortalSite.StartAsync();
        var study = await StudySite.MakeAsync(site);
        await RunAsync(site, study, ("output/one.csv", "group,count\nwomen,120\n", []));
        await AskAsync(await site.SignInAsync(study.Study.Developer), study);

        var form = Form(await (await CheckerAsync(site, "one")).PageAsync("/reviews/1"), "handler=Vote");

        Assert.Empty(form.QuerySelectorAll("input:not([type=hidden])"));
    }

    [Fact]
    public async Task Nobody_but_a_checker_outside_the_project_sees_a_file_in_quarantine()
    {
        await using var site = await PortalSite.StartAsync();
        var study = await StudySite.MakeAsync(site);
        var developer = await site.SignInAsync(study.Study.Developer);
        await RunAsync(site, study, ("output/one.csv", "group,count\nwomen,120\n", []));
        await AskAsync(developer, study);
        var file = await site.Data.Database.ReadAsync(db => db.ReleaseRequestFiles.Select(row => row.Id).SingleAsync());
        var address = $"/reviews/1/files/{file}";
        var own = await site.Data.CreateUserAsync("own", Role.OutputChecker);
        await site.Data.Database.AddAsync(new ProjectMembership { ProjectId = study.Study.Project.Id, UserId = own.Id, CreatedAt = site.Data.Now, CreatedById = own.Id });
        var member = await site.SignInAsync(own);

        var served = await (await CheckerAsync(site, "one")).GetAsync(address);
        Assert.Equal(HttpStatusCode.OK, served.StatusCode);
        Assert.Contains("sandbox", served.Headers.GetValues("Content-Security-Policy").Single());
        Assert.Equal("nosniff", served.Headers.GetValues("X-Content-Type-Options").Single());
        Assert.Equal(HttpStatusCode.NotFound, (await developer.GetAsync(address)).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await member.GetAsync(address)).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await (await site.SignInAsync(await site.Data.CreateUserAsync("core", Role.CoreDeveloper))).GetAsync(address)).StatusCode);
        Assert.NotEqual(HttpStatusCode.OK, (await site.NewBrowser().GetAsync(address)).StatusCode);
        var hidden = (await member.PageAsync("/reviews/1")).Body!.TextContent;
        Assert.DoesNotContain("120", hidden);
        Assert.DoesNotContain("one.csv", hidden);
        Assert.DoesNotContain("120", (await developer.PageAsync(study.Workspace + "/release-requests/1")).Body!.TextContent);
    }

    [Fact]
    public async Task A_request_without_context_or_files_is_refused_and_keeps_what_was_typed()
    {
        await using var site = await PortalSite.StartAsync();
        var study = await StudySite.MakeAsync(site);
        var developer = await site.SignInAsync(study.Study.Developer);
        await RunAsync(site, study, ("output/one.csv", "group,count\nwomen,120\n", []));
        var form = Form(await developer.PageAsync(study.Workspace + "/outputs/unreleased"), "/outputs/unreleased");

        var answer = PortalSite.Parse(await (await developer.SubmitAsync(form, ("Context", "short"), ("Controls", "Counts were rounded to five."))).Content.ReadAsStringAsync());

        Assert.Contains("Choose at least one file.", answer.QuerySelector("main")!.TextContent);
        Assert.Contains("Say what the files show, in 20 to", answer.GetElementById("Context_error")!.TextContent);
        Assert.Equal("Counts were rounded to five.", answer.GetElementById("Controls")!.TextContent);
    }

    [Fact]
    public async Task A_request_can_be_withdrawn()
    {
        await using var site = await PortalSite.StartAsync();
        var study = await StudySite.MakeAsync(site);
        var developer = await site.SignInAsync(study.Study.Developer);
        await RunAsync(site, study, ("output/one.csv", "group,count\nwomen,120\n", []));
        var request = (await AskAsync(developer, study)).Headers.Location!.OriginalString;

        await developer.SubmitAsync(Form(await developer.PageAsync(request), "handler=Withdraw"));

        Assert.Contains("Withdrawn", (await developer.PageAsync(request)).QuerySelector("main")!.TextContent);
        Assert.Contains("Nothing waits for review", (await (await CheckerAsync(site, "one")).PageAsync("/reviews")).QuerySelector("main")!.TextContent);
    }

    private static async Task<HttpResponseMessage> AskAsync(Browser developer, StudySite study, string exception = "", string address = "")
    {
        var page = await developer.PageAsync(study.Workspace + "/outputs/unreleased" + address);
        var chosen = page.QuerySelectorAll("input[name=Chosen]").Select(box => ("Chosen", box.GetAttribute("value")!));
        var exceptions = page.QuerySelectorAll("input[name^=exception-]").Select(box => (box.GetAttribute("name")!, exception));
        return await developer.SubmitAsync(
            Form(page, "/outputs/unreleased"),
            [.. chosen, .. exceptions, ("Context", "Counts of women and men in the cohort."), ("Controls", "Counts were rounded to five.")]);
    }

    private static async Task<IHtmlDocument> VoteAsync(Browser checker, IHtmlDocument page, bool approve, string reason = "")
    {
        var answer = await checker.SubmitAsync(Form(page, "handler=Vote"), ("approve", approve ? "true" : "false"), ("Reason", reason));
        Assert.Equal(HttpStatusCode.Redirect, answer.StatusCode);
        return await checker.PageAsync(answer.Headers.Location!.OriginalString);
    }

    private static IHtmlFormElement Form(IHtmlDocument page, string action) =>
        page.QuerySelectorAll("form[method=post]").OfType<IHtmlFormElement>().Single(form => form.GetAttribute("action")!.Contains(action, StringComparison.Ordinal));

    private static async Task<Browser> CheckerAsync(PortalSite site, string login) => await site.SignInAsync(await site.Data.CreateUserAsync(login, Role.OutputChecker));

    private static async Task RunAsync(PortalSite site, StudySite study, params (string Path, string Text, Finding[] Findings)[] files)
    {
        var agent = await site.Data.OpenSessionAsync(study.Study.Backend);
        await site.Data.SubmitAsync(study.Study, Yaml, "alone");
        var job = await agent.ClaimOneAsync();
        var uploaded = new List<OutputFile>();
        foreach (var (path, text, findings) in files)
        {
            uploaded.Add(await agent.UploadAsync(job, path, text, findings));
        }

        await agent.SucceedAsync(job, [.. uploaded]);
    }
}
