using System.Net;
using System.Text;
using AngleSharp.Dom;
using JobServer.Data.Jobs;
using JobServer.Domain.Access;
using JobServer.Domain.Backends;
using JobServer.Domain.Users;
using JobServer.TestCommon;
using Microsoft.EntityFrameworkCore;

namespace JobServer.Portal.Tests.Runs;

public sealed class JobLogPageTests : IAsyncLifetime
{
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(30);

    private RunsSite _site = null!;
    private TestAgent _agent = null!;
    private ClaimedJob _job = null!;
    private long _offset;

    private string Page => $"{_site.Address}/1/{_job.JobId}";

    public async Task InitializeAsync()
    {
        _site = await RunsSite.StartAsync();
        await PolicyAsync(LogPolicy.Project);
        await _site.SubmitAsync("first");
        _agent = await _site.Data.OpenSessionAsync(_site.Study.Backend);
        _job = await _agent.ClaimOneAsync();
        await _agent.StartAsync(_job);
    }

    public async Task DisposeAsync() => await _site.DisposeAsync();

    [RequiresProgram("git")]
    public async Task A_developer_of_the_project_reads_what_the_job_printed()
    {
        await PrintAsync("reading patients…\n3 rows left\n");
        using var dora = await _site.DeveloperAsync();

        var log = await LogAsync(dora);

        Assert.Equal("reading patients…\n3 rows left\n", log.QuerySelector("pre")!.TextContent);
        Assert.Contains("The job goes on", log.TextContent, StringComparison.Ordinal);
        Assert.Equal($"{Page}/log/1", log.QuerySelector("a[download]")!.GetAttribute("href"));
    }

    [RequiresProgram("git")]
    public async Task A_job_that_has_printed_nothing_says_so()
    {
        using var dora = await _site.DeveloperAsync();

        var log = await LogAsync(dora);

        Assert.Contains("Nothing was printed yet.", log.TextContent, StringComparison.Ordinal);
        Assert.Null(log.QuerySelector("pre"));
        Assert.NotNull(log.GetAttribute("sse-connect"));
    }

    [RequiresProgram("git")]
    public async Task Who_may_read_is_as_the_policy_of_the_backend_and_the_roles_say()
    {
        await PrintAsync("the secret line\n");
        var checkerOfTheBackend = await _site.Data.CreateUserAsync(Role.OutputChecker);
        await _site.Data.AddToBackendAsync(_site.Study.Backend, checkerOfTheBackend);
        var collaborator = await _site.Data.CreateUserAsync();
        await _site.Data.AddMemberAsync(_site.Study.Project, collaborator, Role.ProjectCollaborator, Role.ProjectCoordinator);
        var developerElsewhere = await _site.Data.CreateUserAsync();
        await _site.Data.AddMemberAsync(await _site.Data.CreateProjectAsync(), developerElsewhere, Role.ProjectDeveloper);
        var others = new List<User?>
        {
            null, await _site.Data.CreateUserAsync(), collaborator, developerElsewhere, await _site.Data.CreateUserAsync(Role.OutputChecker),
            await _site.Data.CreateUserAsync(Role.OutputPublisher, Role.GovernanceReviewer, Role.TechnicalReviewer, Role.OnboardingAgent, Role.CoreDeveloper),
        };
        var investigator = await _site.Data.CreateUserAsync(Role.DataInvestigator);
        var dora = _site.Study.Developer;
        var readers = new Dictionary<LogPolicy, User[]>
        {
            [LogPolicy.SiteOnly] = [],
            [LogPolicy.Checkers] = [checkerOfTheBackend],
            [LogPolicy.Project] = [dora, investigator],
        };

        foreach (var (policy, may) in readers)
        {
            await PolicyAsync(policy);
            foreach (var person in others.Union([checkerOfTheBackend, investigator, dora]))
            {
                using var browser = person is null ? _site.Visitor() : await _site.SignInAsync(person);
                await ReadsAsync(browser, may.Contains(person), $"{policy}: {person?.Login ?? "a visitor"}");
            }
        }
    }

    [RequiresProgram("git")]
    public async Task A_refusal_says_who_can_change_it()
    {
        using var visitor = _site.Visitor();
        Assert.Contains("Sign in to read job logs", (await LogAsync(visitor)).TextContent, StringComparison.Ordinal);

        using var stranger = await _site.SignInAsync(await _site.Data.CreateUserAsync());
        Assert.Contains("you need the role Project Developer or Data Investigator", (await LogAsync(stranger)).TextContent, StringComparison.Ordinal);

        await PolicyAsync(LogPolicy.Checkers);
        using var checker = await _site.SignInAsync(await _site.Data.CreateUserAsync(Role.OutputChecker));
        Assert.Contains("Only output checkers who belong to Backend north", (await LogAsync(checker)).TextContent, StringComparison.Ordinal);

        await PolicyAsync(LogPolicy.SiteOnly);
        using var dora = await _site.DeveloperAsync();
        var log = await LogAsync(dora);
        Assert.Contains("Backend north keeps the logs of its jobs at the site.", log.TextContent, StringComparison.Ordinal);
        Assert.Contains("workspaces/reviews/metadata/first.log", log.TextContent, StringComparison.Ordinal);
    }

    [RequiresProgram("git")]
    public async Task What_a_study_prints_can_do_nothing_to_the_page()
    {
        await PrintAsync("<script>alert(1)</script>\u001b[31mred\u001b]0;title\a </pre></section><img src=x onerror=alert(2)>\0\u202egnp.exe\r50%\r100%\r\n");
        await PrintBytesAsync([0xff, 0xfe, (byte)'a', 0xe2, 0x82]);
        using var dora = await _site.DeveloperAsync();

        var log = await LogAsync(dora);

        Assert.Empty(log.QuerySelectorAll("script, img"));
        Assert.Equal(
            "<script>alert(1)</script>red </pre></section><img src=x onerror=alert(2)>\ufffd\ufffdgnp.exe\n50%\n100%\n\ufffd\ufffda",
            log.QuerySelector("pre")!.TextContent);
    }

    [RequiresProgram("git")]
    public async Task The_whole_log_is_a_file_that_no_browser_opens_as_a_page()
    {
        byte[] bytes = [.. "<script>alert(1)</script>"u8, 0, 255, 27, 13];
        await PrintBytesAsync(bytes);
        using var dora = await _site.DeveloperAsync();

        using var response = await dora.GetAsync($"{Page}/log/1");

        Assert.Equal(bytes, await response.Content.ReadAsByteArrayAsync());
        Assert.Equal("text/plain; charset=utf-8", response.Content.Headers.ContentType!.ToString());
        Assert.Equal("attachment", response.Content.Headers.ContentDisposition!.DispositionType);
        Assert.Equal($"first-{_job.JobId}-1.txt", response.Content.Headers.ContentDisposition.FileName);
        Assert.Equal("nosniff", Assert.Single(response.Headers.GetValues("X-Content-Type-Options")));
        Assert.Contains("sandbox", Assert.Single(response.Headers.GetValues("Content-Security-Policy")), StringComparison.Ordinal);
        Assert.True(response.Headers.CacheControl!.NoStore);
        Assert.Equal(HttpStatusCode.NotFound, (await dora.GetAsync($"{Page}/log/2")).StatusCode);
    }

    [RequiresProgram("git")]
    public async Task A_gap_is_told_where_it_is()
    {
        await PrintAsync("before\n");
        await SendAsync(new LogPiece.Gap(_offset, _offset + 12_345, "the disk <b>was full</b>"));
        _offset += 12_345;
        await PrintAsync("after\n");
        using var dora = await _site.DeveloperAsync();

        var log = await LogAsync(dora);
        using var file = await dora.GetAsync($"{Page}/log/1");

        Assert.Equal("— 12,345 bytes were not kept: the disk <b>was full</b> —", log.QuerySelector(".job-log-note")!.TextContent);
        Assert.Equal(
            "before\n\n— 12,345 bytes were not kept: the disk <b>was full</b> —\nafter\n", await file.Content.ReadAsStringAsync());
    }

    [RequiresProgram("git")]
    public async Task Of_a_long_log_the_page_shows_the_end_and_the_file_has_all()
    {
        var text = string.Concat(Enumerable.Range(1, 100_000).Select(i => $"{i}\n"));
        await PrintAsync(text);
        using var dora = await _site.DeveloperAsync();

        var shown = (await LogAsync(dora)).QuerySelector("pre")!.TextContent;

        Assert.InRange(shown.Length, 200_000, 256 * 1024 + 200);
        Assert.EndsWith("\n99999\n100000\n", shown, StringComparison.Ordinal);
        Assert.Matches("^— [0-9,]+ bytes before this are not shown here —[0-9]{5}\n", shown);
        using var file = await dora.GetAsync($"{Page}/log/1");
        Assert.Equal(text, await file.Content.ReadAsStringAsync());
    }

    [RequiresProgram("git")]
    public async Task What_is_printed_later_is_added_to_an_open_page_to_the_character()
    {
        await PrintBytesAsync([.. "ab€"u8[..^1]]);
        using var dora = await _site.DeveloperAsync();
        var log = await LogAsync(dora);
        Assert.Equal("ab", log.QuerySelector("pre")!.TextContent);
        using var events = await dora.EventsAsync(log.GetAttribute("sse-connect")!);

        await PrintBytesAsync([.. "€"u8[^1..], .. "\u001b[3"u8]);
        Assert.Equal(("appended", "€"), await NextAsync(events));
        await PrintAsync("1m<b>\n");
        Assert.Equal(("appended", "<b>\n"), await NextAsync(events));

        await SendAsync(new LogPiece.End(_offset));
        await _agent.SucceedAsync(_job);
        var (name, whole) = await NextAsync(events);
        Assert.Equal("changed", name);
        Assert.Contains("This is the whole log.", whole, StringComparison.Ordinal);
        Assert.Equal("done", (await NextAsync(events)).Event);
        Assert.Null((await LogAsync(dora)).GetAttribute("sse-connect"));
    }

    [RequiresProgram("git")]
    public async Task Who_loses_the_right_while_the_page_is_open_gets_nothing_more()
    {
        await PrintAsync("first\n");
        using var dora = await _site.DeveloperAsync();
        using var events = await dora.EventsAsync((await LogAsync(dora)).GetAttribute("sse-connect")!);

        await PrintAsync("second\n", LogPolicy.SiteOnly);

        Assert.Equal("done", (await NextAsync(events)).Event);
    }

    [RequiresProgram("git")]
    public async Task An_attempt_that_was_superseded_is_labelled_so()
    {
        await PrintAsync("of the first attempt\n");
        await _agent.LoseAsync(_job);
        _site.Data.Clock.Advance(QueueBackOff.Cap);
        _job = await _agent.ClaimOneAsync();
        _offset = 0;
        await PrintAsync("of the second attempt\n");
        using var dora = await _site.DeveloperAsync();

        var newest = await LogAsync(dora);
        var older = await LogAsync(dora, Page + "?attempt=1");

        Assert.Equal("of the second attempt\n", newest.QuerySelector("pre")!.TextContent);
        Assert.Contains("superseded attempt", newest.QuerySelector("li")!.TextContent, StringComparison.Ordinal);
        Assert.Equal($"{Page}?attempt=1#log", newest.QuerySelector("li a")!.GetAttribute("href"));
        Assert.Equal("of the first attempt\n", older.QuerySelector("pre")!.TextContent);
        Assert.Contains("Superseded attempt", older.TextContent, StringComparison.Ordinal);
        Assert.Null(older.GetAttribute("sse-connect"));
    }

    [RequiresProgram("git")]
    public async Task Nothing_that_is_not_committed_is_shown()
    {
        await PrintAsync("committed\n");
        await using (var file = _site.Data.Get<Data.Logs.ILogStore>().TryOpenAppend(_job.JobId, _job.Fence)!)
            await file.AppendAsync(10, ["not committed"u8.ToArray()], CancellationToken.None);
        using var dora = await _site.DeveloperAsync();

        Assert.Equal("committed\n", (await LogAsync(dora)).QuerySelector("pre")!.TextContent);
        Assert.Equal("committed\n", await (await dora.GetAsync($"{Page}/log/1")).Content.ReadAsStringAsync());
    }

    private static async Task<IElement> LogAsync(WebVisitor browser, string page) => (await browser.PageAsync(page)).QuerySelector("#log")!;

    private Task<IElement> LogAsync(WebVisitor browser) => LogAsync(browser, Page);

    private async Task ReadsAsync(WebVisitor browser, bool may, string who)
    {
        var page = await browser.PageAsync(Page);
        using var file = await browser.GetAsync($"{Page}/log/1");
        using var live = await browser.GetAsync($"{Page}/log/live");

        Assert.True(page.DocumentElement.TextContent.Contains("the secret line", StringComparison.Ordinal) == may, who);
        Assert.True(file.StatusCode == HttpStatusCode.OK == may, $"{who} {file.StatusCode}");
        Assert.True(live.StatusCode == HttpStatusCode.OK == may, $"{who} {live.StatusCode}");
        if (!may)
        {
            Assert.DoesNotContain("secret", await file.Content.ReadAsStringAsync(), StringComparison.Ordinal);
            Assert.DoesNotContain("secret", await live.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        }
    }

    private Task PolicyAsync(LogPolicy policy) => _site.Data.Database.WriteAsync((db, token) =>
        db.Backends.ExecuteUpdateAsync(set => set.SetProperty(backend => backend.LogPolicy, policy), token));

    private Task PrintAsync(string text) => PrintBytesAsync(Encoding.UTF8.GetBytes(text));

    /// <summary>Prints, and the policy is another in the moment in which a page could show it.</summary>
    private async Task PrintAsync(string text, LogPolicy after)
    {
        await PolicyAsync(after);
        await _site.Data.Database.WriteAsync((db, token) => db.JobLogs.ExecuteUpdateAsync(
            set => set.SetProperty(log => log.CommittedOffset, log => log.CommittedOffset + text.Length), token));
    }

    private async Task PrintBytesAsync(byte[] bytes)
    {
        await SendAsync(new LogPiece.Bytes(_offset, bytes));
        _offset += bytes.Length;
    }

    private async Task SendAsync(LogPiece piece)
    {
        var result = await _site.Data.Get<JobLogs>().ApplyAsync(
            _agent.HolderOf(_job), _site.Study.Backend.Id, [piece], 1024 * 1024 * 1024, CancellationToken.None);
        Assert.Equal(LogRefusal.None, result.Results.Single().Refusal);
    }

    /// <summary>The next event and its text as a browser has it.</summary>
    private static async Task<(string Event, string Text)> NextAsync(StreamReader events)
    {
        var (name, data) = ("", new List<string>());
        while (await events.ReadLineAsync().WaitAsync(Deadline) is { } line)
        {
            if (line.Length == 0 && name.Length > 0)
                return (name, PortalSite.Parse($"<pre>{string.Join('\n', data)}</pre>").QuerySelector("body")!.TextContent);
            if (line.StartsWith("event: ", StringComparison.Ordinal))
                name = line[7..];
            if (line.StartsWith("data: ", StringComparison.Ordinal))
                data.Add(line[6..]);
        }

        throw new InvalidOperationException("The stream ended.");
    }
}
