using System.Globalization;
using JobServer.Data.Audit;
using JobServer.Domain.Access;
using JobServer.Domain.Audit;
using JobServer.Portal.Admin;
using JobServer.Portal.Audit;
using JobServer.Portal.Commands;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace JobServer.Portal.Tests.Admin;

public sealed class AuditTests
{
    [Fact]
    public async Task Acts_are_listed_newest_first_and_filtered_by_what_who_and_whom()
    {
        await using var site = await PortalSite.StartAsync();
        var admin = await site.Data.CreateUserAsync("the-admin", Role.CoreDeveloper);
        await AppendAsync(site, admin.Id, AuditAct.RolesChanged, "project:1", new { after = "project_developer" });
        await AppendAsync(site, null, AuditAct.TokenRevoked, "backend:2", new { });
        var browser = await site.SignInAsync(admin);

        Assert.Equal(["Signed in", "Token revoked", "Roles changed"], await ActsAsync(browser, "?Subject=&Who="));
        Assert.Equal(["Token revoked"], await ActsAsync(browser, "?Act=TokenRevoked"));
        Assert.Equal(["Roles changed"], await ActsAsync(browser, "?Who=THE-ADMIN&Act=RolesChanged"));
        Assert.Equal(["Token revoked"], await ActsAsync(browser, "?Subject=backend:2"));
        Assert.Empty(await ActsAsync(browser, "?Subject=backend:3"));
        Assert.Equal(["Roles changed"], await ActsAsync(browser, $"?Before={await NumberAsync(site, AuditAct.TokenRevoked)}"));
    }

    [Theory]
    [InlineData("?Act=Everything", "Choose an act of the list.")]
    [InlineData("?Who=nobody", "Nobody here has this login.")]
    [InlineData("?From=yesterday", "Write the day as year-month-day.")]
    public async Task A_filter_that_names_nothing_is_told_what_is_wrong_with_it(string query, string message)
    {
        await using var site = await PortalSite.StartAsync();
        var browser = await site.SignInAsync(await site.Data.CreateUserAsync(Role.CoreDeveloper));

        Assert.Contains(message, (await browser.PageAsync(AdminLinks.Audit + query)).QuerySelector(".error-summary")!.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_file_holds_the_filtered_rows_and_no_formula()
    {
        await using var site = await PortalSite.StartAsync();
        var admin = await site.Data.CreateUserAsync(Role.CoreDeveloper);
        await AppendAsync(site, admin.Id, AuditAct.ProjectRenamed, "=HYPERLINK(\"x\")", new { to = "say \"hello\"" });
        await AppendAsync(site, admin.Id, AuditAct.TokenRevoked, "backend:2", new { });
        var browser = await site.SignInAsync(admin);

        using var response = await browser.GetAsync($"{AdminLinks.Audit}?handler=Csv&Act=ProjectRenamed");
        var lines = (await response.Content.ReadAsStringAsync()).Split("\r\n", StringSplitOptions.RemoveEmptyEntries);

        Assert.Equal("text/csv", response.Content.Headers.ContentType!.MediaType);
        Assert.Equal(2, lines.Length);
        Assert.Contains("\"'=HYPERLINK(\"\"x\"\")\"", lines[1], StringComparison.Ordinal);
        var exported = await site.Data.Database.ReadAsync(db => db.AuditEntries.SingleAsync(row => row.Act == AuditAct.AuditExported));
        Assert.Equal(admin.Id, exported.ActorId);
        Assert.Contains("ProjectRenamed", exported.Details, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_newest_hash_is_kept_outside_the_database_when_the_log_has_grown()
    {
        var file = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName());
        try
        {
            await using var site = await PortalSite.StartAsync(new Dictionary<string, string?> { ["Audit:HeadsFile"] = file });
            var export = site.Services.GetRequiredService<AuditHeadExport>();
            await AppendAsync(site, null, AuditAct.RolesChanged, "user:1", new { });

            await export.RunOnceAsync(CancellationToken.None);
            await export.RunOnceAsync(CancellationToken.None);

            var head = await site.Data.Database.ReadAsync(db => db.AuditHeads.AsNoTracking().SingleAsync());
            var exported = Assert.Single(await AuditHeadsFile.ReadAsync(file, CancellationToken.None), line => line.Sequence == head.Sequence);
            Assert.Equal(head.Hash, exported.Hash);
            var browser = await site.SignInAsync(await site.Data.CreateUserAsync(Role.CoreDeveloper));
            Assert.Contains($"row {exported.Sequence.ToString(CultureInfo.InvariantCulture)}", (await browser.PageAsync(AdminLinks.Audit)).Body!.TextContent, StringComparison.Ordinal);
        }
        finally
        {
            File.Delete(file);
        }
    }

    [Fact]
    public async Task The_command_says_that_the_chain_is_whole_or_names_the_first_broken_row()
    {
        await using var site = await PortalSite.StartAsync();
        for (var number = 0; number < 3; number++)
        {
            await AppendAsync(site, null, AuditAct.RolesChanged, "user:1", new { number });
        }

        var whole = await VerifyAsync(site);
        await site.Data.Database.WriteAsync((db, token) => db.AuditEntries.Where(entry => entry.Sequence == 2).ExecuteUpdateAsync(set => set.SetProperty(entry => entry.Details, "{}"), token));
        var broken = await VerifyAsync(site);

        Assert.Equal(PortalCommand.Done, whole.Status);
        Assert.StartsWith("3 rows, the chain is whole", whole.Output, StringComparison.Ordinal);
        Assert.Equal(PortalCommand.Broken, broken.Status);
        Assert.Equal("Row 2 was altered, or stands where another was written.", broken.Output.Trim());
    }

    [Fact]
    public async Task The_command_without_its_key_says_what_is_missing()
    {
        var errors = new StringWriter();

        var status = await PortalCommand.RunAsync(["audit", "verify", "--setting", "Database:Provider=Sqlite", "--setting", "Database:ConnectionString=Data Source=none.db"], TextWriter.Null, errors);

        Assert.Equal(PortalCommand.Unusable, status);
        Assert.Contains("Key", errors.ToString(), StringComparison.Ordinal);
    }

    private static async Task<(int Status, string Output)> VerifyAsync(PortalSite site)
    {
        var output = new StringWriter();
        var status = await PortalCommand.RunAsync(
            [
                "audit", "verify", "--setting", "Database:Provider=Sqlite", "--setting", $"Database:ConnectionString={site.Data.Database.ConnectionString}",
                "--setting", "Audit:Key=a key that only tests use", "--setting", $"Blobs:Directory={site.Data.Database.Folder}",
            ],
            output, output);
        return (status, output.ToString());
    }

    private static async Task<List<string>> ActsAsync(Browser browser, string query) =>
        [.. (await browser.PageAsync(AdminLinks.Audit + query)).QuerySelectorAll("tbody th").Select(cell => cell.TextContent)];

    private static Task<long> NumberAsync(PortalSite site, AuditAct act) =>
        site.Data.Database.ReadAsync(db => db.AuditEntries.Where(entry => entry.Act == act).Select(entry => entry.Sequence).SingleAsync());

    private static Task AppendAsync(PortalSite site, int? actor, AuditAct act, string subject, object details) => site.Data.Database.WriteAsync(async (db, token) =>
    {
        await site.Data.Get<AuditLog>().AppendAsync(db, actor, act, subject, details, token);
        return true;
    });
}
