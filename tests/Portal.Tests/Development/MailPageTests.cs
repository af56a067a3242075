using System.Net;
using JobServer.TestCommon;

namespace JobServer.Portal.Tests.Development;

public sealed class MailPageTests
{
    [Fact]
    public async Task A_demonstration_lists_what_it_would_send_and_a_real_site_does_not()
    {
        var folder = Directory.CreateTempSubdirectory("mail");
        try
        {
            await File.WriteAllTextAsync(
                Path.Combine(folder.FullName, "1.eml"),
                "From: a@example.org\r\nTo: b@example.org\r\nSubject: succeeded: <b>flu</b>\r\nDate: Mon, 23 Nov 2026 10:00:00 +0000\r\n\r\nThe <i>words</i>.\r\n");
            await File.WriteAllTextAsync(Path.Combine(folder.FullName, "2.eml"), "");
            await using var demo = await StartAsync(folder.FullName, "true");
            await using var real = await StartAsync(folder.FullName, "false");

            var page = await PageAsync(demo, HttpStatusCode.OK);

            Assert.Contains("succeeded: <b>flu</b>", page.QuerySelectorAll("h2").Select(heading => heading.TextContent));
            Assert.Contains("The <i>words</i>.", page.QuerySelector("main .typed")!.TextContent);
            await PageAsync(real, HttpStatusCode.NotFound);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static Task<PortalSite> StartAsync(string folder, string demo) => PortalSite.StartAsync(
        new Dictionary<string, string?> { ["Portal:Development:MailFolder"] = folder, ["Portal:DemoSignIn"] = demo });

    private static async Task<AngleSharp.Html.Dom.IHtmlDocument> PageAsync(PortalSite site, HttpStatusCode status)
    {
        var study = await site.Data.CreateStudyAsync();
        return await (await site.SignInAsync(study.Developer)).PageAsync("/development/mail", status);
    }
}
